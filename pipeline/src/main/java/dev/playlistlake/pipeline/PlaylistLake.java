package dev.playlistlake.pipeline;

import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.MessageStream;
import dev.playlistlake.pipeline.cli.ResultStream;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.Deployment;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.util.Set;

/** The program. */
public final class PlaylistLake {
  /** Exit codes of runs that leave no row in {@code run}. */
  private static final Set<Integer> WITHOUT_ROW =
      Set.of(ExitCode.BUG.number(), ExitCode.BAD_INPUT.number(), ExitCode.LAKE_UNUSABLE.number());

  private PlaylistLake() {}

  public static void main(String[] args) {
    PrintStream out = ResultStream.to(new FileOutputStream(FileDescriptor.out));
    int exitCode = run(args, out, System.err, Surroundings.ofProcess());
    if (mayBeWithinACluster(args) && Deployment.isWithinTheCluster()) {
      endWithinTheCluster(exitCode);
    } else {
      System.exit(exitCode);
    }
  }

  /** A normal start skips the check with Flink, whose classes are slow to load. */
  private static boolean mayBeWithinACluster(String[] args) {
    boolean startedAsUsual =
        PlaylistLake.class.getClassLoader() == ClassLoader.getSystemClassLoader();
    return !startedAsUsual || Commands.isRun(args);
  }

  /** Exiting would kill the JobManager: the run's row, if any, is the verdict. */
  private static void endWithinTheCluster(int exitCode) {
    if (WITHOUT_ROW.contains(exitCode)) {
      throw new IllegalStateException(
          "no run row is written, exit code " + exitCode + "; stderr says why");
    }
  }

  /** The whole program except signals and process exit; returns the exit code. */
  static int run(String[] args, PrintStream out, PrintStream err) {
    return run(args, out, err, Surroundings.usual());
  }

  /** As above, with other surroundings. */
  static int run(String[] args, PrintStream out, PrintStream messages, Surroundings surroundings) {
    PrintStream err = new MessageStream(messages);
    try {
      return Commands.run(args, out, err, surroundings).number();
    } catch (BadInputException e) {
      e.problems().forEach(err::println);
      return ExitCode.BAD_INPUT.number();
    } catch (RuntimeException e) {
      err.println("This is a bug; please report it with what stands below.");
      e.printStackTrace(err);
      return ExitCode.BUG.number();
    }
  }
}
