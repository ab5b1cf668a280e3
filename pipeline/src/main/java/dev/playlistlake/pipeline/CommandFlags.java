package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.queries.sql.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What stands behind a command's word: its flags as typed, and all that is wrong with them. Whoever
 * reads the values adds what is wrong with those, and then calls {@link #check}.
 */
public final class CommandFlags {
  private final Command command;
  private final List<Flag> known;
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private CommandFlags(Command command, List<Flag> known) {
    this.command = command;
    this.known = List.copyOf(known);
  }

  /**
   * A flag that a command has.
   *
   * @param name with its two hyphens
   */
  public record Flag(String name, Kind kind) {
    private enum Kind {
      WITH_VALUE,
      WITH_VALUES,
      ALONE
    }

    /** The names of several. */
    public static Set<String> names(List<Flag> flags) {
      return flags.stream().map(Flag::name).collect(Collectors.toUnmodifiableSet());
    }

    /** One that takes a value. */
    public static Flag of(String name) {
      return new Flag(name, Kind.WITH_VALUE);
    }

    /** One that may be given several times, also as {@code --name value}. */
    public static Flag repeatable(String name) {
      return new Flag(name, Kind.WITH_VALUES);
    }

    /** One without a value. */
    public static Flag alone(String name) {
      return new Flag(name, Kind.ALONE);
    }
  }

  public static CommandFlags parse(Command command, List<Flag> known, List<String> args) {
    CommandFlags flags = new CommandFlags(command, known);
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      String next = i + 1 < args.size() ? args.get(i + 1) : "--";
      if (known.contains(Flag.repeatable(arg)) && !next.startsWith("--")) {
        i++;
        arg = arg + "=" + next;
      } else if (!known.contains(Flag.alone(arg)) && FlagValues.isApart(arg, next)) {
        // The next one is its value, and not to be judged as a flag, nor to be repeated.
        i++;
      }
      flags.read(arg).ifPresent(flags.problems::add);
    }
    return flags;
  }

  /** What is wrong with an argument; where nothing is, it is kept. */
  private Optional<String> read(String arg) {
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg : arg.substring(0, equals);
    String value = equals < 0 ? "" : arg.substring(equals + 1);
    if (!name.startsWith("--")) {
      return Optional.of(FlagValues.noFlag(name) + near(name));
    }
    Optional<Flag> flag = known.stream().filter(each -> each.name().equals(name)).findFirst();
    if (flag.isEmpty()) {
      String problem =
          FlagOwners.instead(name, command.word())
              .orElseGet(() -> "is no flag of " + command.word() + near(name));
      return Optional.of(FlagValues.shown(name) + ": " + problem);
    }
    List<String> already = values.computeIfAbsent(name, unused -> new ArrayList<>());
    boolean again = !already.isEmpty();
    boolean alone = flag.get().kind() == Flag.Kind.ALONE;
    if (alone && equals >= 0) {
      return Optional.of(name + ": takes no value");
    } else if (!alone && value.isBlank()) {
      return Optional.of(FlagValues.noValue(name));
    } else if (again && flag.get().kind() == Flag.Kind.WITH_VALUE) {
      return Optional.of(name + ": is given twice");
    }
    already.add(value);
    return Optional.empty();
  }

  private String near(String name) {
    List<String> names = known.stream().map(Flag::name).map(FlagValues::withoutHyphens).toList();
    List<String> near =
        Nearest.to(FlagValues.withoutHyphens(name), names).stream()
            .map(each -> "--" + each)
            .toList();
    return near.isEmpty()
        ? "; " + command.word() + " --help lists them"
        : "; did you mean " + String.join(", ", near);
  }

  /** Whether a flag is there and in order. */
  public boolean has(String name) {
    return !values(name).isEmpty();
  }

  /** The value of a flag; empty where it is not given, or without one. */
  public Optional<String> value(String name) {
    return values(name).stream().findFirst();
  }

  /** All values of a flag that may be given several times. */
  public List<String> values(String name) {
    return values.getOrDefault(name, List.of());
  }

  /** What is wrong, by flag; to be added to. */
  public List<String> problems() {
    return problems;
  }

  /**
   * Goes no further where something is wrong.
   *
   * @throws BadInputException with all that is wrong
   */
  public void check() throws BadInputException {
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
  }
}
