package dev.playlistlake.pipeline.cli;

import dev.playlistlake.queries.sql.Nearest;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * An argument that a command does not have.
 *
 * @param command the command without it
 * @param all the program's commands
 */
public record UnknownArgument(String arg, CommandSpec command, Supplier<List<CommandSpec>> all) {

  /** The message. Text after an equals sign may be a secret and is not repeated. */
  String words() {
    String name = FlagValues.shown(arg.split("=", 2)[0]);
    if (arg.startsWith("@") && command.parser().expandAtFiles()) {
      return FlagValues.shown(arg) + ": there is no such argument file, or it cannot be read";
    } else if (isCommand()) {
      return name + " is a command, and the command comes first";
    } else if (!arg.startsWith("--")) {
      return (name.isEmpty() ? "''" : name)
          + " is not a flag; flags are --name=value or --name value. "
          + advice();
    }
    List<String> owners = owners(name);
    return owners.isEmpty()
        ? name + " is not a flag of " + command.name() + ". " + advice()
        : name + " is a flag of " + joined(owners) + ", not of " + command.name();
  }

  /** Whether it is the name of a command. */
  boolean isCommand() {
    return all.get().stream().anyMatch(each -> each.name().equals(arg));
  }

  private String advice() {
    List<String> near = near(arg, command);
    return near.isEmpty()
        ? "See help " + command.name() + "."
        : "Did you mean " + String.join(" or ", near) + "?";
  }

  /** The flags with the nearest names, whatever dashes the argument has. */
  public static List<String> near(String arg, CommandSpec command) {
    String name = withoutDashes(arg.split("=", 2)[0]);
    List<String> names =
        command.options().stream().map(flag -> withoutDashes(flag.longestName())).toList();
    return Nearest.to(name, names).stream().map(flag -> "--" + flag).toList();
  }

  private static String withoutDashes(String name) {
    return name.replaceFirst("^\\p{Pd}+", "");
  }

  /** The commands with a flag, except those that include all flags of another. */
  private List<String> owners(String flag) {
    List<CommandSpec> owners =
        all.get().stream().filter(each -> each.findOption(flag) != null).toList();
    return owners.stream()
        .filter(owner -> owners.stream().noneMatch(other -> isLarger(owner, other)))
        .map(CommandSpec::name)
        .toList();
  }

  private static boolean isLarger(CommandSpec one, CommandSpec other) {
    return one != other
        && other.options().stream()
            .filter(flag -> !flag.versionHelp())
            .allMatch(flag -> one.findOption(flag.longestName()) != null);
  }

  private static String joined(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
  }
}
