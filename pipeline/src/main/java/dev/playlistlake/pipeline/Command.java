package dev.playlistlake.pipeline;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What else the program can do: a word that stands before all flags. Without one it is a run. */
enum Command {
  QUERY(QueryCommand::run),
  STATUS(StatusCommand::run);

  /** Something that takes what follows its word; the exit code comes out. */
  interface Body {
    ExitCode run(List<String> args, PrintStream out, PrintStream err) throws BadInputException;
  }

  @SuppressWarnings("ImmutableEnumChecker") // a method, which holds nothing
  private final Body body;

  Command(Body body) {
    this.body = body;
  }

  /** The command that arguments begin with, if they begin with one. */
  static Optional<Command> of(String[] args) {
    return args.length == 0 ? Optional.empty() : named(args[0]);
  }

  /** The command of a word, if it is one. */
  static Optional<Command> named(String word) {
    return Arrays.stream(values()).filter(command -> command.word().equals(word)).findFirst();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Does it.
   *
   * @param args all of them, the word too
   * @throws BadInputException for flags that are wrong
   */
  ExitCode run(String[] args, PrintStream out, PrintStream err) throws BadInputException {
    return body.run(Arrays.asList(args).subList(1, args.length), out, err);
  }
}
