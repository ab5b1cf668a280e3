package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.job.LakeOptions;
import dev.playlistlake.queries.sql.Nearest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/** Reads arguments that are pipeline options, and finds everything that is wrong with them. */
public final class OptionReader {
  private static final Pattern MAY_HOLD_A_SECRET =
      Pattern.compile("(?i)credential|secret|token|password|key");

  private final Class<? extends LakeOptions> ours;
  private final List<Class<? extends PipelineOptions>> all;
  private final String who;

  /**
   * A reader.
   *
   * @param ours the options of who reads; those of the runners and of S3 are read too
   * @param who a command's word, or {@link FlagOwners#RUN}
   */
  public OptionReader(Class<? extends LakeOptions> ours, String who) {
    this.ours = ours;
    this.all = List.of(ours, DirectOptions.class, FlinkPipelineOptions.class);
    this.who = who;
  }

  public CommandLine read(String[] args) {
    List<String> problems = new ArrayList<>();
    Map<String, String> flags = new LinkedHashMap<>();
    boolean isValue = false;
    for (int i = 0; i < args.length; i++) {
      String next = i + 1 < args.length ? args[i + 1] : "--";
      if (!isValue) {
        // What stands behind a space is not judged as a flag, nor repeated: it may be a secret.
        isValue = hasItsValueNext(args[i], next);
        String problem =
            isValue && isBoolean(args[i]) ? FlagValues.noValue(args[i]) : problemOf(args[i], flags);
        if (problem != null) {
          problems.add(problem);
        }
      } else {
        isValue = false;
      }
    }
    LakeOptions options =
        PipelineOptionsFactory.fromArgs(flags.values().toArray(new String[0])).as(ours);
    return new CommandLine(options, problems);
  }

  /** What is wrong with an argument; null where it is in order, and then it is kept. */
  private @Nullable String problemOf(String arg, Map<String, String> flags) {
    if (Command.isLater(arg)) {
      return Command.unknown(arg);
    }
    if (Command.named(arg).isPresent()) {
      return Command.misplaced(arg);
    }
    int equals = arg.indexOf('=');
    if (!arg.startsWith("--")) {
      // What follows the sign may be a secret that was to be set in the environment.
      String name = equals < 0 ? arg : arg.substring(0, equals);
      return FlagValues.noFlag(name) + nearest(FlagValues.withoutHyphens(name));
    }
    String name = equals < 0 ? arg.substring(2) : arg.substring(2, equals);
    if (!known().contains(name)) {
      String problem =
          FlagOwners.instead("--" + name, who)
              .orElseGet(() -> "is no flag of " + whose() + nearest(name));
      return "--" + FlagValues.shown(name) + ": " + problem;
    }
    if (flags.containsKey(name)) {
      return "--" + name + ": is given twice";
    }
    Class<?> type = typeOf(name);
    boolean flagAlone = equals < 0 && !isBoolean(type);
    if (flagAlone || arg.substring(equals + 1).isBlank()) {
      return FlagValues.noValue("--" + name);
    }
    try {
      // Alone, so that each wrong value is found and not just the first.
      PipelineOptionsFactory.fromArgs(arg).as(ours);
      flags.put(name, arg);
      return null;
    } catch (IllegalArgumentException e) {
      return "--" + name + ": " + wrongValue(name, arg.substring(equals + 1), type);
    }
  }

  private static String wrongValue(String name, String value, @Nullable Class<?> type) {
    if (MAY_HOLD_A_SECRET.matcher(name).find()) {
      return "its value cannot be read";
    }
    if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
      return FlagValues.wrongNumber(value);
    }
    String quoted = "'" + FlagValues.shown(value) + "' ";
    if (isBoolean(type)) {
      return quoted + "is neither true nor false";
    } else if (name.equals("runner")) {
      return quoted + "is neither DirectRunner nor FlinkRunner";
    }
    return quoted + "is no value for it";
  }

  private boolean hasItsValueNext(String arg, String next) {
    return FlagValues.isApart(arg, next) && (!isBoolean(arg) || next.matches("(?i)true|false"));
  }

  /** Whether an argument is a flag that needs no value. */
  private boolean isBoolean(String arg) {
    return arg.startsWith("--")
        && known().contains(arg.substring(2))
        && isBoolean(typeOf(arg.substring(2)));
  }

  private static boolean isBoolean(@Nullable Class<?> type) {
    return type == Boolean.class || type == boolean.class;
  }

  private @Nullable Class<?> typeOf(String name) {
    for (Class<?> options : all) {
      for (Method method : options.getMethods()) {
        if (method.getName().equals(getter(name))) {
          return method.getReturnType();
        }
      }
    }
    return null;
  }

  private static String getter(String name) {
    return "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** The names of all flags, ours, the runners' and S3's. */
  private Set<String> known() {
    Set<String> names = new TreeSet<>();
    all.forEach(options -> names.addAll(FlagOwners.names(options)));
    return names;
  }

  private String nearest(String name) {
    Set<String> names = known();
    names.add(Command.HELP_FLAG.substring(2));
    List<String> near = Nearest.to(name, names).stream().map(flag -> "--" + flag).toList();
    return near.isEmpty() ? "; --help lists them" : "; did you mean " + String.join(", ", near);
  }

  private String whose() {
    return who.equals(FlagOwners.RUN) ? "this program" : who;
  }
}
