package dev.playlistlake.queries.duckdb;

import java.io.IOException;
import java.nio.file.Path;

/** The files of a lake that are listed, and not on this disk before a statement needs them. */
public interface AbsentFiles {
  /** A lake of which all files are here. */
  AbsentFiles NONE =
      new AbsentFiles() {
        @Override
        public boolean isAbsent(Path file) {
          return false;
        }

        @Override
        public void fetch(Path file) {
          throw new IllegalArgumentException(file + " is here");
        }
      };

  /** Whether a file is listed and not here. */
  boolean isAbsent(Path file);

  /**
   * Fetches a file that a statement needs, and maybe others that it is likely to need next.
   *
   * @throws IOException if it cannot be fetched
   */
  void fetch(Path file) throws IOException;
}
