package dev.playlistlake.io.lake;

/**
 * The lake, or the list of playlists, could not be read or written: an error by the user or of
 * storage, not a bug. The message names the place and the cause.
 */
public class LakeException extends RuntimeException {
  public LakeException(String message) {
    super(message);
  }

  public LakeException(String message, Throwable cause) {
    super(message, cause);
  }
}
