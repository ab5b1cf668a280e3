package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.cli.Arguments;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.Command;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.ResultStream;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.cli.UnknownArgument;
import dev.playlistlake.pipeline.cli.Version;
import dev.playlistlake.pipeline.login.LoginCommand;
import dev.playlistlake.pipeline.plan.PlanCommand;
import dev.playlistlake.pipeline.query.QueryCommand;
import dev.playlistlake.pipeline.run.RunCommand;
import dev.playlistlake.pipeline.status.StatusCommand;
import dev.playlistlake.queries.sql.Nearest;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The program's commands. Each is created only when needed: the main job's classes alone take a
 * second to load.
 */
enum Commands {
  RUN(RunCommand::new),
  LOGIN(LoginCommand::new),
  PLAN(PlanCommand::new),
  QUERY(QueryCommand::new),
  STATUS(StatusCommand::new),
  COMPLETION(CompletionCommand::new),
  HELP(HelpCommand::new);

  static final String PROGRAM = "playlist-lake";
  private static final Set<String> HELP_FLAGS = Set.of("-h", "--help");

  @SuppressWarnings("ImmutableEnumChecker") // a constructor reference has no state
  private final Supplier<Command> command;

  Commands(Supplier<Command> command) {
    this.command = command;
  }

  /** Its name as typed on the command line. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The command with this name.
   *
   * @throws BadInputException if there is none
   */
  static Commands named(String word) throws BadInputException {
    for (Commands each : values()) {
      if (each.word().equals(word)) {
        return each;
      }
    }
    String name = word.split("=", 2)[0];
    List<String> near =
        new ArrayList<>(Nearest.to(name, Arrays.stream(values()).map(Commands::word).toList()));
    if (near.isEmpty()) {
      near.addAll(UnknownArgument.near(name, RUN.spec()));
    }
    throw BadInputException.of(
        "Unknown command '"
            + FlagValues.shown(name)
            + "'. "
            + (near.isEmpty() ? "See help." : "Did you mean " + String.join(" or ", near) + "?"));
  }

  /** Whether the arguments are for the main job, whose name may be omitted. */
  static boolean isRun(String[] args) {
    return args.length == 0
        || args[0].equals(RUN.word())
        || (args[0].matches("(?s)[\\p{Pd}@].*") && !HELP_FLAGS.contains(args[0]));
  }

  /**
   * Runs the command that the arguments name.
   *
   * @throws BadInputException with everything that is wrong with them
   */
  static ExitCode run(String[] args, PrintStream out, PrintStream err, Surroundings surroundings)
      throws BadInputException {
    // Before loading the main job, which has the same page.
    boolean isHelp = args.length > 0 && HELP_FLAGS.contains(args[0]);
    Commands chosen = isHelp ? HELP : isRun(args) ? RUN : named(args[0]);
    boolean isNamed = args.length > 0 && args[0].equals(chosen.word());
    List<String> rest =
        isHelp ? List.of() : Arrays.asList(args).subList(isNamed ? 1 : 0, args.length);
    Command command = chosen.command.get();
    Arguments arguments = Arguments.parse(chosen.spec(command), rest, Commands::specs);
    ExitCode code = ExitCode.PUBLISHED;
    if (arguments.parsed().isUsageHelpRequested()) {
      out.print(Help.of(chosen));
    } else if (arguments.parsed().isVersionHelpRequested()) {
      out.println(PROGRAM + " " + Version.current());
    } else {
      code = command.run(new Call(arguments, out, err, surroundings));
      if (chosen == RUN) {
        // The verdict stands even if the row could not be printed.
        return code;
      }
    }
    // The message about an unreadable lake is enough.
    boolean isToBeWhole = code != ExitCode.LAKE_UNUSABLE;
    return isToBeWhole && !ResultStream.isWritten(out, err) ? ExitCode.LAKE_UNUSABLE : code;
  }

  /**
   * All of them as picocli subcommands of the program, whose own flags are those of {@code run}.
   */
  static CommandLine tree() {
    CommandSpec program = RUN.spec().name(PROGRAM);
    specs().forEach(spec -> program.addSubcommand(spec.name(), spec));
    return new CommandLine(program);
  }

  static List<CommandSpec> specs() {
    return Arrays.stream(values()).map(Commands::spec).toList();
  }

  /** Its name and flags. */
  CommandSpec spec() {
    return spec(command.get());
  }

  private CommandSpec spec(Command made) {
    CommandSpec spec = made.spec();
    spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).build());
    if (this == RUN) {
      spec.addOption(OptionSpec.builder("-V", "--version").versionHelp(true).build());
    }
    spec.parser().expandAtFiles(this == RUN);
    return spec;
  }
}
