package dev.playlistlake.pipeline.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.InitializationException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses arguments with picocli and finds every mistake in them (decision 30). It writes the
 * messages itself: picocli's repeat values, and a value may be a secret.
 */
final class ArgumentParser {
  /** Cannot be typed: {@code --} is not a flag and does not end the flags. */
  private static final String NO_DELIMITER = "\u0000";

  private final CommandSpec command;
  private final Supplier<List<CommandSpec>> all;
  private final Problems problems = new Problems();
  private final Set<String> given = new HashSet<>();

  ArgumentParser(CommandSpec command, Supplier<List<CommandSpec>> all) {
    this.command = command;
    this.all = all;
    for (OptionSpec option : List.copyOf(command.options())) {
      command.remove(option);
      command.addOption(OptionSpec.builder(option).preprocessor(this::take).build());
    }
    command
        .parser()
        .collectErrors(true)
        .endOfOptionsDelimiter(NO_DELIMITER)
        .posixClusteredShortOptionsAllowed(false)
        .unmatchedArgumentsAllowed(true);
  }

  Arguments parse(List<String> args) throws BadInputException {
    ParseResult parsed;
    try {
      String[] words = args.stream().map(HomeFolder::expandedFile).toArray(String[]::new);
      parsed = new CommandLine(command).parseArgs(words);
    } catch (InitializationException e) {
      throw BadInputException.of(String.valueOf(e.getMessage()));
    }
    parsed.errors().forEach(this::add);
    addUnmatched(parsed.unmatched());
    problems.areAbout(parsed.expandedArgs());
    return new Arguments(parsed, problems);
  }

  /**
   * Checks a flag before picocli reads its value. A mistake is recorded as a problem and taken off
   * the stack, so picocli continues after it.
   *
   * @param rest the arguments after the flag; the first is its value if it has an equals sign
   * @return whether the flag needs no further parsing
   */
  @SuppressWarnings("JdkObsolete") // picocli's type
  private boolean take(
      Stack<String> rest, CommandSpec spec, ArgSpec flag, Map<String, Object> info) {
    String name = ((OptionSpec) flag).longestName();
    boolean attached = "=".equals(info.get("separator"));
    if (flag.arity().max() == 0 && attached) {
      rest.pop();
      problems.add(name + " takes no value");
      return true;
    }
    boolean needsValue = flag.arity().min() > 0;
    boolean hasValue = attached || (needsValue && !rest.isEmpty() && !isFlag(rest.peek()));
    if (hasValue && rest.peek().isBlank()) {
      rest.pop();
      hasValue = false;
      needsValue = true;
    }
    if (needsValue && !hasValue) {
      problems.add(
          name + " needs a value, for example " + name + "=" + flag.paramLabel().replace("'", ""));
      return true;
    }
    if (hasValue) {
      rest.push(HomeFolder.expanded(rest.pop()));
    }
    if (!flag.isMultiValue() && !given.add(name)) {
      if (hasValue) {
        rest.pop();
      }
      problems.add(name + " is given twice");
      return true;
    }
    return false;
  }

  private boolean isFlag(String arg) {
    return arg.startsWith("--") || command.optionsMap().containsKey(arg.split("=", 2)[0]);
  }

  private void add(Exception error) {
    if (error instanceof ParameterException wrong
        && wrong.getArgSpec() instanceof OptionSpec flag) {
      problems.add(
          flag.longestName()
              + ": "
              + (wrong.getCause() instanceof TypeConversionException words
                  ? words.getMessage()
                  : "its value cannot be read"));
    } else {
      // No known error gets here, and its message may repeat a value.
      problems.add("These arguments cannot be read: " + error.getClass().getSimpleName());
    }
  }

  /**
   * Skips the argument after an unknown flag: it may be the flag's value.
   *
   * @throws BadInputException if one of them is a command: then the valid flags are unknown
   */
  private void addUnmatched(List<String> unmatched) throws BadInputException {
    boolean mayBeValue = false;
    for (String arg : unmatched) {
      boolean isFlag = arg.matches("(?s)\\p{Pd}.*");
      UnknownArgument unknown = new UnknownArgument(arg, command, all);
      if (!mayBeValue && unknown.isCommand()) {
        throw BadInputException.of(unknown.words());
      } else if (isFlag || !mayBeValue) {
        problems.add(unknown.words());
      }
      mayBeValue = isFlag && !arg.contains("=");
    }
  }
}
