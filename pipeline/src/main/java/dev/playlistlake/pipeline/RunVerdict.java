package dev.playlistlake.pipeline;

import dev.playlistlake.model.RunRow;
import java.util.Set;

/** From the run's row to the exit code. */
final class RunVerdict {
  private RunVerdict() {}

  static int exitCode(RunRow run, int maxRejected, Set<Integer> okExitCodes) {
    return of(run, maxRejected, okExitCodes).number();
  }

  /** The gravest thing that the row tells, unless a scheduler wants that to be nothing. */
  static ExitCode of(RunRow run, int maxRejected, Set<Integer> okExitCodes) {
    ExitCode code = of(run, maxRejected);
    return okExitCodes.contains(code.number()) ? ExitCode.PUBLISHED : code;
  }

  /** The gravest thing that the row tells. */
  static ExitCode of(RunRow run, int maxRejected) {
    return switch (run.status()) {
      case NOT_AUTHORISED -> ExitCode.NOT_AUTHORISED;
      case AUDIT_FAILED -> ExitCode.AUDIT_FAILED;
      case PUBLISHED -> {
        if (run.stoppedBy() != null) {
          yield ExitCode.STOPPED_EARLY;
        }
        yield run.playlistsRejected() > maxRejected
            ? ExitCode.TOO_MANY_REJECTED
            : ExitCode.PUBLISHED;
      }
    };
  }
}
