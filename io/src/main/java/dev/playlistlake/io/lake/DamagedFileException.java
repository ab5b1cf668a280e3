package dev.playlistlake.io.lake;

/** A file of the lake could be read but not decoded; the message names it (decision 25). */
public final class DamagedFileException extends LakeException {
  private static final long serialVersionUID = 1;

  public DamagedFileException(String message, Throwable cause) {
    super(message, cause);
  }

  public DamagedFileException(String message) {
    super(message);
  }
}
