package dev.playlistlake.pipeline.run;

import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.pipeline.cli.ExitCode;
import java.util.Set;

/** From the run's row to the exit code. */
public final class RunVerdict {
  private RunVerdict() {}

  /**
   * The gravest result in the row; {@link ExitCode#PUBLISHED} if its code is in {@code
   * okExitCodes}.
   */
  public static ExitCode of(RunRow run, int maxRejected, Set<Integer> okExitCodes) {
    ExitCode code = of(run, maxRejected);
    return okExitCodes.contains(code.number()) ? ExitCode.PUBLISHED : code;
  }

  /** The gravest result in the row. */
  public static ExitCode of(RunRow run, int maxRejected) {
    if (RunStatus.NOT_AUTHORISED.equals(run.status())) {
      return ExitCode.NOT_AUTHORISED;
    } else if (RunStatus.AUDIT_FAILED.equals(run.status())) {
      return ExitCode.AUDIT_FAILED;
    } else if (RunStatus.UNREACHABLE.equals(run.status())) {
      return ExitCode.UNREACHABLE;
    } else if (!RunStatus.PUBLISHED.equals(run.status())) {
      // A later version wrote it, with a status that this one does not know.
      return ExitCode.LAKE_UNUSABLE;
    } else if (run.stoppedBy() != null) {
      return ExitCode.STOPPED_EARLY;
    }
    return run.playlistsRejected() > maxRejected || EmptyDay.words(run).isPresent()
        ? ExitCode.TOO_MANY_REJECTED
        : ExitCode.PUBLISHED;
  }
}
