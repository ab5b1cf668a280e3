package dev.playlistlake.io.lake;

import java.io.IOException;

/**
 * A file or folder that can be forced to its disk (decision 26). A {@code ResourceId} that
 * implements it is forced like files of the local disk; object stores keep what they have
 * confirmed.
 */
public interface Forcible {
  /**
   * Returns when a power cut can no longer undo what was written here: a file's bytes, or the names
   * in a folder.
   *
   * @throws IOException if the disk fails to
   */
  void force() throws IOException;
}
