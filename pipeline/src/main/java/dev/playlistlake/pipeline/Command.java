package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.CommandFlags.Flag;
import dev.playlistlake.pipeline.cli.AnswerStream;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.login.LoginCommand;
import dev.playlistlake.pipeline.login.LoginFlags;
import dev.playlistlake.pipeline.plan.PlanCommand;
import dev.playlistlake.pipeline.plan.PlanFlags;
import dev.playlistlake.pipeline.query.QueryCommand;
import dev.playlistlake.pipeline.query.QueryFlags;
import dev.playlistlake.pipeline.status.StatusCommand;
import dev.playlistlake.pipeline.status.StatusFlags;
import dev.playlistlake.queries.sql.Nearest;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What else the program can do: a word that stands before all flags. Without one it is a run. */
public enum Command {
  LOGIN(anywhere(LoginCommand::run), () -> Flag.names(LoginFlags.FLAGS)),
  PLAN(PlanCommand::run, PlanFlags::names),
  QUERY(anywhere(QueryCommand::run), () -> Flag.names(QueryFlags.FLAGS)),
  STATUS(anywhere(StatusCommand::run), () -> Flag.names(StatusFlags.FLAGS)),
  HELP(anywhere(HelpCommand::run), () -> Set.of(Command.HELP_FLAG));

  public static final String HELP_FLAG = "--help";
  private static final Set<String> LATER = Set.of("report", "purge", "import");

  /** Something that takes what follows its word; the exit code comes out. */
  interface Body {
    ExitCode run(List<String> args, PrintStream out, PrintStream err, Surroundings surroundings)
        throws BadInputException;
  }

  /** One that takes nothing from its surroundings. */
  private interface PlainBody {
    ExitCode run(List<String> args, PrintStream out, PrintStream err) throws BadInputException;
  }

  private static Body anywhere(PlainBody body) {
    return (args, out, err, surroundings) -> body.run(args, out, err);
  }

  @SuppressWarnings("ImmutableEnumChecker") // a method, which holds nothing
  private final Body body;

  @SuppressWarnings("ImmutableEnumChecker") // likewise
  private final Supplier<Set<String>> flags;

  Command(Body body, Supplier<Set<String>> flags) {
    this.body = body;
    this.flags = flags;
  }

  /** The command that arguments ask for; empty where they are those of a run. */
  static Optional<Command> of(String[] args) {
    Optional<Command> first = args.length == 0 ? Optional.empty() : named(args[0]);
    return first.isEmpty() && asksForHelp(args) ? Optional.of(HELP) : first;
  }

  /** The command of a word, if it is one. */
  static Optional<Command> named(String word) {
    return Arrays.stream(values()).filter(command -> command.word().equals(word)).findFirst();
  }

  /** Whether a word will be a command some day. */
  static boolean isLater(String word) {
    return LATER.contains(word);
  }

  /** The commands that somebody may have meant who wrote a word that is none. */
  static List<String> near(String word) {
    return Nearest.to(word, Arrays.stream(values()).map(Command::word).toList());
  }

  /**
   * Sees to it that a run's arguments hold nothing that is meant to be a command: then there is no
   * saying what its flags are.
   *
   * @throws BadInputException where they do
   */
  static void requireNoWord(String[] args) throws BadInputException {
    if (args.length > 0 && (isLater(args[0]) || !near(args[0]).isEmpty())) {
      throw BadInputException.of(unknown(args[0]));
    }
    for (int i = 1; i < args.length; i++) {
      boolean isValue = FlagValues.isApart(args[i - 1], args[i]);
      if (!isValue && named(args[i]).isPresent()) {
        throw BadInputException.of(misplaced(args[i]));
      } else if (!isValue && isLater(args[i])) {
        throw BadInputException.of(unknown(args[i]));
      }
    }
  }

  /** What is wrong with a command's word behind a flag. */
  static String misplaced(String word) {
    return word + ": is a command, which stands before all flags";
  }

  /** What is wrong with a word that is no command. */
  static String unknown(String word) {
    if (isLater(word)) {
      return word + ": is not there yet; without a command word this is the main job";
    }
    List<String> near = near(word);
    return FlagValues.shown(word)
        + ": is no command; "
        + (near.isEmpty() ? "help lists them" : "did you mean " + String.join(", ", near));
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The names of its flags, with their two hyphens. */
  Set<String> flags() {
    return flags.get();
  }

  /**
   * Does it, or tells about it.
   *
   * @param args all of them, the word too
   * @throws BadInputException for flags that are wrong
   */
  ExitCode run(String[] args, PrintStream out, PrintStream err, Surroundings surroundings)
      throws BadInputException {
    ExitCode code = ExitCode.PUBLISHED;
    if (asksForHelp(args)) {
      out.print(Help.of(this));
    } else {
      code = body.run(Arrays.asList(args).subList(1, args.length), out, err, surroundings);
    }
    // What is said of a lake that cannot be read is enough.
    boolean isToBeWhole = code != ExitCode.LAKE_UNUSABLE;
    return isToBeWhole && !AnswerStream.isWritten(out, err) ? ExitCode.LAKE_UNUSABLE : code;
  }

  private static boolean asksForHelp(String[] args) {
    return Arrays.asList(args).contains(HELP_FLAG);
  }
}
