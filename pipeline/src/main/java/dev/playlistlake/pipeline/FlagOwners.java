package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.job.LakeOptions;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which command, or the main job, has a flag: a right flag in the wrong place is no typo. */
public final class FlagOwners {
  /** The main job's name among those of the commands. */
  static final String RUN = "a run";

  private FlagOwners() {}

  /**
   * What to say of a flag that somebody else has; empty where nobody has it.
   *
   * @param flag with its two hyphens
   * @param word of the command that has not, or {@link #RUN}
   */
  static Optional<String> instead(String flag, String word) {
    List<String> owners = new ArrayList<>();
    if (flag.startsWith("--") && names(LakeOptions.class).contains(flag.substring(2))) {
      owners.add(RUN);
    }
    for (Command command : Command.values()) {
      if (command.flags().contains(flag)) {
        owners.add(command.word());
      }
    }
    if (owners.isEmpty()) {
      return Optional.empty();
    }
    int last = owners.size() - 1;
    String all =
        last == 0
            ? owners.get(0)
            : String.join(", ", owners.subList(0, last)) + " and " + owners.get(last);
    return Optional.of("is a flag of " + all + ", not of " + word);
  }

  /** The names of the flags that options are, without hyphens. */
  public static Set<String> names(Class<?> options) {
    Set<String> names = new TreeSet<>();
    for (Method method : options.getMethods()) {
      String name = method.getName();
      if (method.getParameterCount() == 0 && name.matches("(get|is)[A-Z].*")) {
        String property = name.substring(name.startsWith("get") ? 3 : 2);
        names.add(property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1));
      }
    }
    return names;
  }
}
