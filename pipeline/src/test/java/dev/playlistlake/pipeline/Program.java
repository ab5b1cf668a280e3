package dev.playlistlake.pipeline;

import dev.playlistlake.model.RunRow;
import dev.playlistlake.pipeline.cli.Arguments;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import dev.playlistlake.pipeline.job.LakeOptions;
import dev.playlistlake.pipeline.run.LakeRun;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;

/** Starts the program within a test's process. {@code main} is public, which ends its process. */
public final class Program {
  private Program() {}

  /** A run that begins at a time of the test's choosing; returns its row. */
  static RunRow runAt(Clock clock, String... args) {
    JobFlags flags = flags(args);
    FileSystems.setDefaultPipelineOptions(flags.options());
    try {
      return LakeRun.of(flags.options(), LakeJobFactory.create(flags, Surroundings.at(clock)))
          .toTheEnd();
    } catch (BadInputException e) {
      throw new IllegalArgumentException(String.join("; ", e.problems()), e);
    }
  }

  /** The whole program; what it prints is dropped, what it logs goes where stderr goes. */
  static int run(String... args) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return PlaylistLake.run(args, nowhere, nowhere);
  }

  /** The whole program into streams of the test's own; returns the exit code. */
  public static int run(String[] args, PrintStream out, PrintStream err) {
    return PlaylistLake.run(args, out, err);
  }

  /** The flags of the main job. */
  public static JobFlags flags(String... args) {
    return JobFlags.of(arguments(Commands.RUN, args), LakeOptions.class);
  }

  /** What is said of the flags of a command before it runs, in the order of the arguments. */
  static Arguments arguments(Commands command, String... args) {
    try {
      return Arguments.parse(command.spec(), List.of(args), Commands::specs);
    } catch (BadInputException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
