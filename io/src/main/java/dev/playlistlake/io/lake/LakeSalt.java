package dev.playlistlake.io.lake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.apache.beam.sdk.io.FileSystems;

/**
 * The salt of a lake's hashes: random bytes in one small file of the lake, made once and never
 * replaced. It is no part of the graph: who hashes reads it where it lies.
 */
public final class LakeSalt {
  private static final int BYTES = 32;
  private static final Pattern WRITTEN = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

  private LakeSalt() {}

  /**
   * Makes a salt where there is none; says whether it did. One that is there is looked at and left
   * as it is.
   *
   * @throws LakeException where it cannot be read or written, or is none
   */
  public static boolean makeIfAbsent(String path) {
    boolean absent = !isThere(path);
    if (absent) {
      byte[] salt = new byte[BYTES];
      new SecureRandom().nextBytes(salt);
      write(path, (HexFormat.of().formatHex(salt) + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    // Whoever wrote it: what lies there counts.
    read(path);
    return absent;
  }

  /** Whether a lake has one. */
  public static boolean isThere(String path) {
    return !LakeFiles.list(path).isEmpty();
  }

  /**
   * The salt.
   *
   * @throws LakeException where it cannot be read or is none
   */
  public static byte[] read(String path) {
    String written = new String(LakeFiles.read(path), StandardCharsets.US_ASCII).strip();
    if (!WRITTEN.matcher(written).matches()) {
      throw new LakeException(
          path
              + " is no salt (64 hexadecimal digits): put it back from a copy of the lake. Remove it"
              + " only if users may get other hashes than in the days before");
    }
    return HexFormat.of().parseHex(written);
  }

  private static void write(String path, byte[] text) {
    if (!"file".equals(FileSystems.matchNewResource(path, false).getScheme())) {
      LakeFiles.write(path, "", out -> out.write(text));
      return;
    }
    try {
      writeOnce(Path.of(path).toAbsolutePath(), text);
    } catch (IOException e) {
      throw new LakeException("cannot write " + path + ": " + LakeFiles.words(e), e);
    }
  }

  /** Whole or not at all, for its owner only, and never in the place of another one. */
  private static void writeOnce(Path target, byte[] text) throws IOException {
    Path aside = Files.createTempFile(target.getParent(), "_salt", "");
    try {
      Files.write(aside, text);
      LocalFolders.force(aside.toString());
      try {
        Files.createLink(target, aside);
      } catch (FileAlreadyExistsException e) {
        // Another run was first: its salt is the lake's.
        return;
      } catch (UnsupportedOperationException | FileSystemException e) {
        // No links on this disk.
        Files.move(aside, target);
      }
      LocalFolders.force(String.valueOf(target.getParent()));
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
