package dev.playlistlake.pipeline.cli;

/** What the program's exit code says; the numbers are a contract with schedulers. */
public enum ExitCode {
  PUBLISHED(0),
  /** The only one that comes with a stack trace. */
  BUG(1),
  BAD_INPUT(2),
  TOO_MANY_REJECTED(3),
  STOPPED_EARLY(4),
  NOT_AUTHORISED(5),
  AUDIT_FAILED(6),
  LAKE_UNUSABLE(7),
  /** No run ends with it: it is said of a run that has no row, or none yet. */
  NO_RUN_ROW(8);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
