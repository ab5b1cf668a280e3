package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.Command;
import dev.playlistlake.pipeline.cli.ExitCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** The command {@code help}: prints the help page of the program or of a command. */
@CommandLine.Command(name = "help")
final class HelpCommand implements Command {
  @Parameters(arity = "0..*", paramLabel = "COMMAND", completionCandidates = Words.class)
  private List<String> about = new ArrayList<>();

  @Override
  public ExitCode run(Call call) throws BadInputException {
    call.arguments().problems().check();
    if (about.size() > 1) {
      throw BadInputException.of("help takes one command, for example help query");
    }
    call.out().print(Help.of(about.isEmpty() ? Commands.HELP : Commands.named(about.get(0))));
    return ExitCode.PUBLISHED;
  }

  /** The commands that have help, for completion. */
  static final class Words implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Commands.values()).map(Commands::word).iterator();
    }
  }
}
