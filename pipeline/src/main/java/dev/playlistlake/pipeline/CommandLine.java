package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.job.LakeOptions;
import java.util.List;

/**
 * The arguments as options, and everything that is wrong with them.
 *
 * @param options those of the flags that are in order
 * @param problems a sentence each, the flag's name first
 */
public record CommandLine(LakeOptions options, List<String> problems) {
  public CommandLine {
    problems = List.copyOf(problems);
  }

  /** As the main job reads them. */
  public static CommandLine parse(String[] args) {
    return new OptionReader(LakeOptions.class, FlagOwners.RUN).read(args);
  }

  /** Whether nothing is wrong with a flag. */
  public static boolean isFine(List<String> problems, String flag) {
    return problems.stream().noneMatch(problem -> problem.startsWith(flag + ":"));
  }
}
