package dev.playlistlake.io.input;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** The bytes of a list file, local or on S3. */
final class ListFile {
  private static final int MOST_BYTES = 100 * 1024 * 1024;

  private ListFile() {}

  /**
   * Its bytes.
   *
   * @throws InputException if there is no such file, or it cannot be read
   */
  static byte[] bytes(String path) throws InputException {
    if (!path.contains("://")) {
      return localBytes(path);
    }
    try {
      return LakeFiles.read(path);
    } catch (LakeException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private static byte[] localBytes(String path) throws InputException {
    try {
      Path file = Path.of(path);
      if (Files.isDirectory(file)) {
        throw new InputException(
            "'" + path + "' is a folder; give a file with one id, URI or URL per line");
      }
      if (!Files.exists(file)) {
        throw new InputException(
            "there is no file '"
                + ListText.shown(path)
                + "', and it is not a playlist id (22 letters and digits), a URI, a URL, me or"
                + " liked");
      }
      try (InputStream in = Files.newInputStream(file)) {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
          throw new InputException("'" + path + "' is larger than any list (100 MB)");
        }
        return bytes;
      }
    } catch (IOException | InvalidPathException e) {
      throw new InputException(
          "'" + ListText.shown(path) + "' cannot be read: " + LakeFiles.words(e));
    }
  }
}
