package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.ExitCode;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** The command {@code help}: the page of the program, or of a command. */
final class HelpCommand {
  private HelpCommand() {}

  static ExitCode run(List<String> args, PrintStream out, PrintStream err)
      throws BadInputException {
    out.print(Help.of(about(args)));
    return ExitCode.PUBLISHED;
  }

  private static Command about(List<String> args) throws BadInputException {
    if (args.isEmpty()) {
      return Command.HELP;
    } else if (args.size() > 1 || args.get(0).startsWith("-")) {
      throw BadInputException.of("help: takes one command and nothing else, as in help query");
    }
    Optional<Command> command = Command.named(args.get(0));
    if (command.isEmpty()) {
      throw BadInputException.of(Command.unknown(args.get(0)));
    }
    return command.get();
  }
}
