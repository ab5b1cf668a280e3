package dev.playlistlake.pipeline;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/** Turns arguments into options and says everything that is wrong with them at once. */
final class CommandLine {
  private static final Set<String> LATER =
      Set.of("login", "plan", "query", "status", "report", "purge", "import");
  private static final int NEAR = 3;

  private CommandLine() {}

  static LakeOptions parse(String[] args) throws BadInputException {
    List<String> problems = new ArrayList<>();
    Map<String, String> flags = new LinkedHashMap<>();
    for (String arg : args) {
      String problem = problemOf(arg, flags);
      if (problem != null) {
        problems.add(problem);
      }
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    return PipelineOptionsFactory.fromArgs(args).as(LakeOptions.class);
  }

  private static @Nullable String problemOf(String arg, Map<String, String> flags) {
    if (LATER.contains(arg)) {
      return arg + ": is not there yet; without a command word this is the main job";
    }
    if (!arg.startsWith("--")) {
      return arg + ": is no flag; flags are --name=value";
    }
    int equals = arg.indexOf('=');
    String name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
    if (equals > 0 && flags.put(name, arg) != null) {
      return "--" + name + ": is given twice";
    }
    if (!known().contains(name)) {
      return "--" + name + ": is no flag of this program" + nearest(name);
    }
    if (equals == arg.length() - 1) {
      return "--" + name + ": has no value";
    }
    try {
      // Alone, so that each wrong value is found and not just the first.
      PipelineOptionsFactory.fromArgs(arg).as(LakeOptions.class);
      return null;
    } catch (IllegalArgumentException e) {
      String value = arg.substring(Math.max(equals, 1) + 1);
      return "--" + name + ": '" + value + "' " + wrongValue(name);
    }
  }

  private static String wrongValue(String name) {
    Class<?> type = null;
    for (Method method : LakeOptions.class.getMethods()) {
      if (method.getName().equals(getter(name))) {
        type = method.getReturnType();
      }
    }
    if (type == Integer.class || type == Long.class || type == int.class) {
      return "is no whole number";
    } else if (type == Boolean.class || type == boolean.class) {
      return "is neither true nor false";
    }
    return "is no value for it";
  }

  private static String getter(String name) {
    return "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** The names of all flags, ours, the runners' and S3's. */
  private static Set<String> known() {
    Set<String> names = new TreeSet<>();
    for (Class<?> options :
        List.of(LakeOptions.class, DirectOptions.class, FlinkPipelineOptions.class)) {
      for (Method method : options.getMethods()) {
        String name = method.getName();
        if (method.getParameterCount() == 0 && name.matches("(get|is)[A-Z].*")) {
          String property = name.substring(name.startsWith("get") ? 3 : 2);
          names.add(property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1));
        }
      }
    }
    return names;
  }

  private static String nearest(String name) {
    Set<String> near = new LinkedHashSet<>();
    for (String candidate : known()) {
      if (distance(name.toLowerCase(Locale.ROOT), candidate.toLowerCase(Locale.ROOT)) <= NEAR) {
        near.add("--" + candidate);
      }
    }
    return near.isEmpty() ? "; --help lists them" : "; did you mean " + String.join(", ", near);
  }

  /** Levenshtein's. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
