package dev.playlistlake.pipeline.cli;

/** The program's exit codes; the numbers are a contract with schedulers. */
public enum ExitCode {
  PUBLISHED(0),
  /** The only one printed with a stack trace. */
  BUG(1),
  BAD_INPUT(2),
  TOO_MANY_REJECTED(3),
  STOPPED_EARLY(4),
  NOT_AUTHORISED(5),
  AUDIT_FAILED(6),
  LAKE_UNUSABLE(7),
  /** The same number: nothing is published, and running it again may help. */
  UNREACHABLE(7),
  /** Never the end of a run: the run has no row, or none yet. */
  NO_RUN_ROW(8);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
