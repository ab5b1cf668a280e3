package dev.playlistlake.pipeline.job;

import dev.playlistlake.pipeline.cli.Arguments;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.Problems;
import dev.playlistlake.pipeline.cli.Verbose;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The main job's flags as pipeline options: its own, the runners' and those of S3.
 *
 * @param options the valid flags
 * @param problems all mistakes in the flags
 */
public record JobFlags(LakeOptions options, Problems problems) {
  private static final Pattern MAY_HOLD_A_SECRET =
      Pattern.compile("(?i)credential|secret|token|password|key");

  /** Example values for flags without a default. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "playlists", "me",
          "lake", FlagValues.DEFAULT_LAKE,
          "ingestDate", "2026-11-20",
          "requestBudget", "1000",
          "maxRejected", "0",
          "okExitCodes", "3,4",
          "rate", "10");

  /**
   * A command with these flags; the runners' and those of S3 are hidden.
   *
   * @param ours the main job's options, or options that extend them
   */
  public static CommandSpec command(String name, Class<? extends LakeOptions> ours) {
    CommandSpec command = CommandSpec.create().name(name);
    getters(ours).forEach((flag, getter) -> command.addOption(option(flag, getter, ours)));
    return command;
  }

  /** Converts the arguments to options. */
  public static JobFlags of(Arguments arguments, Class<? extends LakeOptions> ours) {
    Map<String, Method> getters = getters(ours);
    String[] args =
        arguments.parsed().matchedOptions().stream()
            .filter(flag -> getters.containsKey(flag.longestName().substring(2)))
            .filter(flag -> !flag.stringValues().isEmpty())
            .map(flag -> flag.longestName() + "=" + flag.stringValues().get(0))
            .toArray(String[]::new);
    return new JobFlags(PipelineOptionsFactory.fromArgs(args).as(ours), arguments.problems());
  }

  /** As {@link #of}; also configures logging and storage by the flags. */
  public static JobFlags prepare(Arguments arguments, Class<? extends LakeOptions> ours) {
    JobFlags flags = of(arguments, ours);
    if (flags.options.getVerbose()) {
      Verbose.on();
    }
    boolean usesS3 =
        arguments.parsed().expandedArgs().stream()
            .anyMatch(arg -> arg.contains("s3://") || arg.startsWith("--aws"));
    Storage.prepare(flags.options, usesS3);
    return flags;
  }

  private static Map<String, Method> getters(Class<? extends LakeOptions> ours) {
    Map<String, Method> getters = new TreeMap<>();
    for (Class<?> options : List.of(ours, DirectOptions.class, FlinkPipelineOptions.class)) {
      for (Method method : options.getMethods()) {
        String name = method.getName();
        if (method.getParameterCount() == 0 && name.matches("(get|is)[A-Z].*")) {
          String property = name.substring(name.startsWith("get") ? 3 : 2);
          String flag = property.substring(0, 1).toLowerCase(Locale.ROOT) + property.substring(1);
          getters.putIfAbsent(flag, method);
        }
      }
    }
    return getters;
  }

  private static OptionSpec option(String name, Method getter, Class<? extends LakeOptions> ours) {
    Class<?> type = getter.getReturnType();
    boolean isBoolean = type == Boolean.class || type == boolean.class;
    return OptionSpec.builder("--" + name)
        .type(isBoolean ? Boolean.class : String.class)
        .arity(isBoolean ? "0..1" : "1")
        .fallbackValue(isBoolean ? "true" : "")
        .converters(value -> checked(name, value, type, ours))
        .paramLabel(EXAMPLES.getOrDefault(name, example(getter)))
        .hidden(!LakeOptions.class.isAssignableFrom(getter.getDeclaringClass()))
        .build();
  }

  private static String example(Method getter) {
    if (getter.isAnnotationPresent(Default.String.class)) {
      return getter.getAnnotation(Default.String.class).value();
    }
    return getter.isAnnotationPresent(Default.Integer.class)
        ? String.valueOf(getter.getAnnotation(Default.Integer.class).value())
        : "VALUE";
  }

  /** Has Beam parse each value separately, to find every wrong one and not just the first. */
  private static Object checked(
      String name, String value, Class<?> type, Class<? extends LakeOptions> ours) {
    try {
      PipelineOptionsFactory.fromArgs("--" + name + "=" + value).as(ours);
      return type == Boolean.class || type == boolean.class ? Boolean.valueOf(value) : value;
    } catch (IllegalArgumentException e) {
      throw FlagValues.wrong(wrongValue(name, value, type));
    }
  }

  private static String wrongValue(String name, String value, Class<?> type) {
    if (MAY_HOLD_A_SECRET.matcher(name).find()) {
      return "its value cannot be read";
    } else if (List.of(Integer.class, Long.class, int.class, long.class).contains(type)) {
      return FlagValues.wrongNumber(value);
    }
    String quoted = "'" + FlagValues.shown(value) + "' ";
    if (type == Boolean.class || type == boolean.class) {
      return quoted + "is neither true nor false";
    }
    return quoted
        + (name.equals("runner")
            ? "is neither DirectRunner nor FlinkRunner"
            : "is not a value for it");
  }
}
