package dev.playlistlake.io.lake;

import dev.playlistlake.model.ForeignText;
import java.io.BufferedOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.MoveOptions.StandardMoveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/**
 * Reads and writes small files through Beam's {@link FileSystems}: a folder and S3 are the same
 * code. Every method throws {@link LakeException} where the storage does not do as told.
 */
public final class LakeFiles {
  private LakeFiles() {}

  /** What writes a file's bytes. */
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
    write(path, aside, body, false);
  }

  /**
   * Writes a file as above, and returns when a power cut can no longer undo it: its bytes are
   * forced to the disk before it is renamed, then its name in its folder, and the folder's in those
   * above it up to the one that {@code path} and {@code aside} have in common, which is the lake.
   *
   * @param aside folder for the unfinished file, within the same lake
   * @throws LakeException if storage fails
   */
  static void writeDurably(String path, String aside, Body body) {
    write(path, aside, body, true);
  }

  private static void write(String path, String aside, Body body, boolean durably) {
    try {
      ResourceId target = FileSystems.matchNewResource(path, false);
      boolean upload = "s3".equals(target.getScheme());
      ResourceId written =
          upload ? target : FileSystems.matchNewResource(aside + "/" + UUID.randomUUID(), false);
      WritableByteChannel channel = FileSystems.create(written, MimeTypes.BINARY);
      boolean whole = false;
      try {
        writeKeepingOpen(Channels.newOutputStream(channel), body);
        whole = true;
      } finally {
        // Closing completes an upload: what is not whole must stay an upload that never ended.
        if (whole || !upload) {
          channel.close();
        }
      }
      if (!upload) {
        if (durably) {
          force(written);
        }
        FileSystems.rename(List.of(written), List.of(target));
        if (durably) {
          forceFolders(path, aside);
        }
      }
    } catch (IOException | RuntimeException e) {
      throw failure("cannot write " + path, "s3:PutObject", e);
    }
  }

  /**
   * Also folders that were there: another thread may have made them, and not forced them yet. The
   * last one is that in which the lake itself has its name.
   */
  private static void forceFolders(String path, String aside) throws IOException {
    String lake = parent(path);
    while (!lake.isEmpty() && !aside.startsWith(lake + "/")) {
      lake = parent(lake);
    }
    for (String folder = parent(path); folder.length() > lake.length(); folder = parent(folder)) {
      force(FileSystems.matchNewResource(folder, true));
    }
    for (String folder : new String[] {lake, parent(lake)}) {
      if (!folder.isEmpty()) {
        force(FileSystems.matchNewResource(folder, true));
      }
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static void force(ResourceId resource) throws IOException {
    if (resource instanceof Forcible forcible) {
      forcible.force();
    } else if ("file".equals(resource.getScheme())) {
      LocalFolders.force(resource.toString());
    }
  }

  /**
   * Gives a file another name; one that has this name already is replaced.
   *
   * @throws LakeException if storage fails
   */
  public static void rename(String from, String to) {
    try {
      FileSystems.rename(List.of(resource(from)), List.of(resource(to)));
    } catch (IOException | RuntimeException e) {
      throw failure("cannot rename " + from, "s3:PutObject", e);
    }
  }

  /** A body may close what it writes to; S3's channel fails when it is closed a second time. */
  private static void writeKeepingOpen(OutputStream out, Body body) throws IOException {
    OutputStream open =
        new BufferedOutputStream(out) {
          @Override
          public void close() throws IOException {
            flush();
          }
        };
    body.writeTo(open);
    open.flush();
  }

  /** The whole file. */
  public static byte[] read(String path) {
    try (InputStream in = Channels.newInputStream(FileSystems.open(resource(path)))) {
      return in.readAllBytes();
    } catch (IOException | RuntimeException e) {
      throw failure("cannot read " + path, "s3:GetObject", e);
    }
  }

  /**
   * The last bytes of a file; on S3 no others are transferred.
   *
   * @param most how many at most; fewer if the file is shorter
   * @throws LakeException if storage fails
   */
  public static byte[] readEnd(String path, int most) {
    try (SeekableByteChannel channel = open(path)) {
      long size = channel.size();
      if (size > most) {
        channel.position(size - most);
      }
      return Channels.newInputStream(channel).readAllBytes();
    } catch (IOException | RuntimeException e) {
      throw failure("cannot read " + path, "s3:GetObject", e);
    }
  }

  /** The paths that a pattern matches, sorted; none where the folder does not exist. */
  public static List<String> list(String pattern) {
    return find(List.of(pattern)).stream().map(Found::path).sorted().toList();
  }

  /** The size of all files that a pattern matches; 0 where the folder does not exist. */
  public static long bytes(String pattern) {
    return find(List.of(pattern)).stream().mapToLong(Found::bytes).sum();
  }

  /**
   * A file that is there.
   *
   * @param modifiedAt when it was last written; the end of all time where nobody knows, so that
   *     what is just vanishing is never taken for old
   */
  public record Found(String path, Instant modifiedAt, long bytes) {}

  /** The files that any of the patterns matches; none where a folder does not exist. */
  public static List<Found> find(List<String> patterns) {
    if (patterns.stream().allMatch(LakeFiles::isLocal)) {
      return patterns.stream().flatMap(pattern -> LocalFolders.find(pattern).stream()).toList();
    }
    try {
      List<Found> found = new ArrayList<>();
      for (MatchResult match : FileSystems.match(patterns, EmptyMatchTreatment.ALLOW)) {
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
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException | RuntimeException e) {
      throw failure("cannot list " + String.join(", ", patterns), "s3:ListBucket", e);
    }
  }

  /** Whether a path is on a disk of this machine. */
  public static boolean isLocal(String path) {
    return "file".equals(FileSystems.matchNewResource(path, false).getScheme());
  }

  /**
   * The folders that lie directly in a folder, by name, each with the time of the newest change in
   * it; none where the folder does not exist.
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

  /** Removes files; those that are gone already are fine. */
  public static void delete(List<String> paths) {
    try {
      List<ResourceId> resources = new ArrayList<>();
      for (String path : paths) {
        resources.add(FileSystems.matchNewResource(path, false));
      }
      FileSystems.delete(resources, StandardMoveOptions.IGNORE_MISSING_FILES);
    } catch (IOException | RuntimeException e) {
      throw failure("cannot remove " + paths, "s3:DeleteObject", e);
    }
  }

  /** Removes whatever lies under a folder, the folder too where folders exist. */
  public static void deleteTree(String folder) {
    ResourceId root = FileSystems.matchNewResource(folder, true);
    if ("file".equals(root.getScheme())) {
      LocalFolders.deleteTree(root.toString());
    } else {
      delete(list(folder + "/**"));
    }
  }

  /** Removes a folder that nothing is left in; where folders are only names, there is none. */
  public static void deleteIfEmpty(String folder) {
    ResourceId root = FileSystems.matchNewResource(folder, true);
    if ("file".equals(root.getScheme())) {
      LocalFolders.deleteIfEmpty(root.toString());
    }
  }

  /** Opens a file for reading at any place. */
  static SeekableByteChannel open(String path) {
    try {
      return (SeekableByteChannel) FileSystems.open(resource(path));
    } catch (IOException | RuntimeException e) {
      throw failure("cannot read " + path, "s3:GetObject", e);
    }
  }

  /** The file's last name, without its folders. */
  public static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private static ResourceId resource(String path) {
    return FileSystems.matchNewResource(path, false);
  }

  /**
   * What to throw for a failure of storage.
   *
   * @param action the right that S3 asks for, named where S3 denies it without saying which
   */
  private static LakeException failure(String what, String action, Exception cause) {
    if (cause instanceof LakeException known) {
      return known;
    }
    String words = words(cause);
    String denied =
        words.contains("Status Code: 403") && !words.contains("not authorized to perform")
            ? " (denied: " + action + ")"
            : "";
    return new LakeException(what + ": " + words + denied, cause);
  }

  /** The first cause's words in one line. */
  public static String words(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? "" : ": " + root.getMessage();
    return ForeignText.oneLine(root.getClass().getSimpleName() + message);
  }
}
