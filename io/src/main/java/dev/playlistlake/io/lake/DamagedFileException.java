package dev.playlistlake.io.lake;

/** A file of the lake was read, and its bytes make no sense; the message names it. */
public final class DamagedFileException extends LakeException {
  private static final long serialVersionUID = 1;

  public DamagedFileException(String message, Throwable cause) {
    super(message, cause);
  }

  public DamagedFileException(String message) {
    super(message);
  }
}
