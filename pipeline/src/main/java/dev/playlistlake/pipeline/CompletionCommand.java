package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.Command;
import dev.playlistlake.pipeline.cli.ExitCode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/**
 * The command {@code completion}: prints a script with which bash or zsh completes commands and
 * flags. One script serves both: under zsh it enables bash completion.
 */
@CommandLine.Command(name = "completion")
final class CompletionCommand implements Command {
  @Parameters(arity = "0..*", paramLabel = "SHELL", completionCandidates = Shells.class)
  private List<String> shells = new ArrayList<>();

  @Override
  public ExitCode run(Call call) throws BadInputException {
    call.arguments().problems().check();
    if (shells.size() != 1 || !Shells.ALL.contains(shells.get(0))) {
      throw BadInputException.of("completion takes one shell, " + String.join(" or ", Shells.ALL));
    }
    call.out().println(AutoComplete.bash(Commands.PROGRAM, Commands.tree()));
    return ExitCode.PUBLISHED;
  }

  /** The supported shells. */
  static final class Shells implements Iterable<String> {
    static final List<String> ALL = List.of("bash", "zsh");

    @Override
    public Iterator<String> iterator() {
      return ALL.iterator();
    }
  }
}
