package dev.playlistlake.io.lake;

import dev.playlistlake.model.ForeignText;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;

/**
 * Reads and writes small files through Beam's {@link FileSystems}: the same code for a folder and
 * for S3. Every method throws {@link LakeException} if storage fails, and rethrows anything else
 * unchanged: a bug must not look like a full disk.
 */
public final class LakeFiles {
  private LakeFiles() {}

  /** Writes a file's bytes. */
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file so that readers see it whole or not at all: on S3 an object appears when its
   * upload is complete; elsewhere the file is written aside and renamed. A power cut may undo it.
   *
   * @param aside folder for the unfinished file, on the same disk
   * @throws LakeException if storage fails
   */
  public static void write(String path, String aside, Body body) {
    AtomicWrite.write(path, aside, body, /* durably= */ false);
  }

  /**
   * Writes a file as above, and returns when a power cut can no longer undo it: its bytes are
   * forced to the disk before it is renamed, then its name in its folder, and the folder's in those
   * above it up to the lowest one that {@code path} and {@code aside} share, which is the lake
   * (decision 26).
   *
   * @param aside folder for the unfinished file, within the same lake
   * @throws LakeException if storage fails
   */
  static void writeDurably(String path, String aside, Body body) {
    AtomicWrite.write(path, aside, body, /* durably= */ true);
  }

  /**
   * Renames a file, replacing any file with the new name.
   *
   * @throws LakeException if storage fails
   */
  public static void rename(String from, String to) {
    StorageCall.run(
        "cannot rename " + from,
        "s3:PutObject",
        () -> StorageCall.rename(StorageCall.resource(from), StorageCall.resource(to)));
  }

  /**
   * The whole file.
   *
   * @throws LakeException if storage fails
   */
  public static byte[] read(String path) {
    return reading(
        path,
        () -> {
          try (InputStream in =
              Channels.newInputStream(FileSystems.open(StorageCall.resource(path)))) {
            return in.readAllBytes();
          }
        });
  }

  private static <T> T reading(String path, StorageCall.Value<T> call) {
    return StorageCall.get("cannot read " + path, "s3:GetObject", call);
  }

  /**
   * The last bytes of a file; on S3 no others are transferred.
   *
   * @param most how many at most; fewer if the file is shorter
   * @throws LakeException if storage fails
   */
  public static byte[] readEnd(String path, int most) {
    return reading(
        path,
        () -> {
          try (SeekableByteChannel channel = open(path)) {
            long size = channel.size();
            if (size > most) {
              channel.position(size - most);
            }
            return Channels.newInputStream(channel).readAllBytes();
          }
        });
  }

  /**
   * The paths that a pattern matches, sorted; none if the folder does not exist.
   *
   * @throws LakeException if storage fails
   */
  public static List<String> list(String pattern) {
    return find(List.of(pattern)).stream().map(Found::path).sorted().toList();
  }

  /**
   * The size of all files that a pattern matches; 0 if the folder does not exist.
   *
   * @throws LakeException if storage fails
   */
  public static long bytes(String pattern) {
    return find(List.of(pattern)).stream().mapToLong(Found::bytes).sum();
  }

  /**
   * An existing file.
   *
   * @param modifiedAt when it was last written; the end of all time if storage does not report it,
   *     so that a file that is being removed never counts as old
   */
  public record Found(String path, Instant modifiedAt, long bytes) {}

  /**
   * The files that any of the patterns matches; none if a folder does not exist.
   *
   * @throws LakeException if storage fails
   */
  public static List<Found> find(List<String> patterns) {
    if (patterns.stream().allMatch(LakeFiles::isLocal)) {
      return patterns.stream().flatMap(pattern -> LocalFolders.find(pattern).stream()).toList();
    }
    return StorageCall.get(
        "cannot list " + String.join(", ", patterns),
        "s3:ListBucket",
        () -> {
          try {
            return found(FileSystems.match(patterns, EmptyMatchTreatment.ALLOW));
          } catch (FileNotFoundException e) {
            return List.of();
          }
        });
  }

  private static List<Found> found(List<MatchResult> matches) throws IOException {
    List<Found> found = new ArrayList<>();
    for (MatchResult match : matches) {
      if (match.status() != MatchResult.Status.NOT_FOUND) {
        for (MatchResult.Metadata file : match.metadata()) {
          long modified = file.lastModifiedMillis();
          found.add(
              new Found(
                  file.resourceId().toString(),
                  modified == 0 ? Instant.MAX : Instant.ofEpochMilli(modified),
                  file.sizeBytes()));
        }
      }
    }
    return found;
  }

  /**
   * Whether a path is on a disk of this machine.
   *
   * @throws LakeException if there is no file system for the path
   */
  public static boolean isLocal(String path) {
    ResourceId file =
        StorageCall.get("cannot read " + path, "s3:ListBucket", () -> StorageCall.resource(path));
    return "file".equals(file.getScheme());
  }

  /**
   * The folders directly in a folder, by name, each with the time of the newest change in it; none
   * if the folder does not exist.
   *
   * @throws LakeException if storage fails
   */
  public static Map<String, Instant> folders(String folder) {
    ResourceId root = FileSystems.matchNewResource(folder, true);
    if ("file".equals(root.getScheme())) {
      return LocalFolders.newestChanges(root.toString());
    }
    Map<String, Instant> newest = new TreeMap<>();
    String prefix = root.toString();
    for (Found file : find(List.of(prefix + "**"))) {
      int end = file.path().indexOf('/', prefix.length());
      if (end > 0) {
        newest.merge(
            file.path().substring(prefix.length(), end),
            file.modifiedAt(),
            (one, other) -> one.isAfter(other) ? one : other);
      }
    }
    return newest;
  }

  /**
   * Removes files; those already gone are fine.
   *
   * @throws LakeException if storage fails
   */
  public static void delete(List<String> paths) {
    StorageCall.run(
        "cannot remove " + paths,
        "s3:DeleteObject",
        () -> {
          List<ResourceId> resources = new ArrayList<>();
          for (String path : paths) {
            resources.add(StorageCall.resource(path));
          }
          FileSystems.delete(resources, StandardMoveOptions.IGNORE_MISSING_FILES);
        });
  }

  /**
   * Removes everything under a folder, and the folder itself if storage has folders.
   *
   * @throws LakeException if storage fails
   */
  public static void deleteTree(String folder) {
    ResourceId root = FileSystems.matchNewResource(folder, true);
    if ("file".equals(root.getScheme())) {
      LocalFolders.deleteTree(root.toString());
    } else {
      delete(list(folder + "/**"));
    }
  }

  /**
   * Removes everything under a folder but the files of one name directly in it.
   *
   * @return whether there was anything to remove
   * @throws LakeException if storage fails
   */
  public static boolean deleteTreeBut(String folder, String name) {
    ResourceId root = FileSystems.matchNewResource(folder, true);
    if ("file".equals(root.getScheme())) {
      return LocalFolders.deleteTree(root.toString(), name);
    }
    List<String> others =
        list(folder + "/**").stream().filter(path -> !path.equals(folder + "/" + name)).toList();
    delete(others);
    return !others.isEmpty();
  }

  /**
   * Removes an empty folder; an object store has no folders.
   *
   * @throws LakeException if storage fails
   */
  public static void deleteIfEmpty(String folder) {
    ResourceId root = FileSystems.matchNewResource(folder, true);
    if ("file".equals(root.getScheme())) {
      LocalFolders.deleteIfEmpty(root.toString());
    }
  }

  /** Opens a file for random access. */
  static SeekableByteChannel open(String path) {
    return reading(path, () -> (SeekableByteChannel) FileSystems.open(StorageCall.resource(path)));
  }

  /** The file's last name, without its folders. */
  public static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** The root cause's message in one line. */
  public static String words(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "" : ": " + root.getMessage();
    return ForeignText.oneLine(root.getClass().getSimpleName() + message);
  }
}
