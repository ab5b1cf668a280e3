package dev.playlistlake.io.lake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The salt of a lake's hashes: random bytes in one small file of the lake, created once and never
 * replaced (decision 22). It is not part of the graph: workers read it from the lake.
 *
 * <p>Runs that start at once must agree on one salt. A disk links a file into place, which fails if
 * there is one. An object store replaces objects silently, so a run first takes part in an
 * election, which at most one run wins:
 *
 * <ol>
 *   <li>it writes a candidate of its own beside the salt;
 *   <li>it lists the candidates. If its own is not the only one, it removes its own, waits, and
 *       starts over;
 *   <li>only then it checks whether there is a salt, and if not, writes it;
 *   <li>it removes its candidate.
 * </ol>
 *
 * <p>Proof, for a store whose requests see all writes that ended before (S3 since 2020): suppose
 * that runs A and B both write a salt, and that A's candidate was written first. B listed after
 * both were written, and saw only its own, so A's was removed by then. A removes its candidate only
 * after it has written the salt, so the salt was there before B's listing ended. But B looked for a
 * salt after that, and found none: a contradiction.
 *
 * <p>A candidate that stays behind because a run died in those few milliseconds stops later runs
 * with a message; it never leads to a second salt.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html">S3's data
 *     consistency model</a>
 */
public final class LakeSalt {
  private static final int BYTES = 32;

  /** Elections that a run may lose; with the pauses between them about 20 seconds. */
  private static final int MOST_ELECTIONS = 20;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Pattern WRITTEN = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

  private LakeSalt() {}

  /**
   * Creates a salt if there is none. An existing one is read and left unchanged.
   *
   * @return whether this call created it
   * @throws LakeException if it cannot be read or written, or is not a salt
   */
  public static boolean makeIfAbsent(String path) {
    boolean made = !isThere(path) && make(path, LakeSalt::pause);
    // It may be another run's: the lake's salt counts.
    read(path);
    return made;
  }

  private static boolean make(String path, Runnable pause) {
    return LakeFiles.isLocal(path) ? link(path) : elect(path, pause);
  }

  private static byte[] newSalt() {
    byte[] salt = new byte[BYTES];
    new SecureRandom().nextBytes(salt);
    return (HexFormat.of().formatHex(salt) + "\n").getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Creates a salt in a store without an atomic "create", unless another run does.
   *
   * @param pause waits between two elections
   * @throws LakeException if storage fails, or this run loses every election
   */
  static boolean elect(String path, Runnable pause) {
    for (int election = 0; election < MOST_ELECTIONS; election++) {
      if (election > 0) {
        pause.run();
      }
      String own = path + "-" + UUID.randomUUID();
      write(own, new byte[] {'\n'});
      boolean alone;
      boolean there;
      try {
        // A listing may lack all of them if one is removed meanwhile, so it must contain this one.
        alone = LakeFiles.list(path + "-*").equals(List.of(own));
        // In this order, see above.
        there = isThere(path);
      } catch (LakeException e) {
        // Nothing was written yet; a candidate that stays would block every later first run.
        LakeFiles.delete(List.of(own));
        throw e;
      }
      if (alone && !there) {
        write(path, newSalt());
      }
      LakeFiles.delete(List.of(own));
      if (alone || there) {
        return !there;
      }
    }
    throw new LakeException(
        "cannot make "
            + path
            + ": other runs are making it, says "
            + String.join(", ", LakeFiles.list(path + "-*"))
            + "; if no other run is at work, remove that and run again");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(new SecureRandom().nextInt((int) LONGEST_PAUSE.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LakeException("interrupted while another run made the lake's salt", e);
    }
  }

  /** Whether a lake has one. */
  public static boolean isThere(String path) {
    return !LakeFiles.list(path).isEmpty();
  }

  /**
   * The salt.
   *
   * @throws LakeException if it cannot be read or is not a salt
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
    String lake = path.substring(0, path.lastIndexOf('/'));
    LakeFiles.write(path, lake + "/_tmp", out -> out.write(text));
  }

  private static boolean link(String path) {
    try {
      return linkOnce(Path.of(path).toAbsolutePath(), newSalt());
    } catch (IOException e) {
      throw new LakeException("cannot write " + path + ": " + LakeFiles.words(e), e);
    }
  }

  /** Whole or not at all, readable by its owner only, and never replacing another one. */
  private static boolean linkOnce(Path target, byte[] text) throws IOException {
    Path aside = Files.createTempFile(target.getParent(), "_salt", "");
    try {
      Files.write(aside, text);
      LocalFolders.force(aside.toString());
      try {
        Files.createLink(target, aside);
      } catch (FileAlreadyExistsException e) {
        // Another run was first: the lake uses its salt.
        return false;
      } catch (UnsupportedOperationException | FileSystemException e) {
        // This disk has no links.
        Files.move(aside, target);
      }
      LocalFolders.force(String.valueOf(target.getParent()));
      return true;
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
