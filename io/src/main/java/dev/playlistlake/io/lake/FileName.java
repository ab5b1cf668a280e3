package dev.playlistlake.io.lake;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Names of subjects as file names. Nearly all are letters and digits and stay as they are; a user's
 * name, which may be anything, is encoded so that it has no special meaning in any file system,
 * pattern or URL.
 */
public final class FileName {
  /** Disks take 255 bytes; a suffix follows. */
  public static final int LONGEST = 200;

  private static final char MARK = '_';
  private static final HexFormat HEX = HexFormat.of();

  private FileName() {}

  public static String of(String name) {
    StringBuilder file = new StringBuilder();
    for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (one & 0xff);
      if (isPlain(letter)) {
        file.append(letter);
      } else {
        file.append(MARK).append(HEX.toHexDigits(one));
      }
    }
    return file.toString();
  }

  private static boolean isPlain(char letter) {
    return (letter >= '0' && letter <= '9')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= 'a' && letter <= 'z')
        || letter == '-'
        || letter == '.';
  }

  /** The subject's name for a file's name; empty if no run gives such a name. */
  public static Optional<String> name(String file) {
    if (!file.matches("([0-9A-Za-z.-]|_[0-9a-f]{2})*")) {
      return Optional.empty();
    }
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int i = 0; i < file.length(); i++) {
      if (file.charAt(i) == MARK) {
        name.write(HexFormat.fromHexDigits(file, i + 1, i + 3));
        i += 2;
      } else {
        name.write(file.charAt(i));
      }
    }
    return Optional.of(name.toString(StandardCharsets.UTF_8));
  }
}
