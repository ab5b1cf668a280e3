package dev.playlistlake.io.raw;

import dev.playlistlake.io.lake.FileName;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.model.Reason;
import java.io.Serializable;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The day's stored responses of one kind: every response is stored here before any other code sees
 * it, and a subject with a final outcome here is not fetched again today.
 */
public final class RawStore implements Serializable {
  private final RawDay day;
  private final String kind;

  /** The responses of a kind: {@code playlist}, {@code album} or {@code artist}. */
  public RawStore(RawDay day, String kind) {
    this.day = day;
    this.kind = kind;
  }

  /** The path of a subject's object. */
  public String path(String name) {
    return day.path(kind, FileName.of(name));
  }

  /** Whether a name is short enough for a file name on any disk. */
  public static boolean canName(String name) {
    return FileName.of(name).length() <= FileName.LONGEST;
  }

  /**
   * Names of all stored objects.
   *
   * @throws LakeException if storage fails
   */
  public Set<String> names() {
    return writtenAt().keySet();
  }

  /**
   * When each stored object was written, by name; {@link Instant#MAX} if storage does not report
   * it.
   *
   * @throws LakeException if storage fails
   */
  public Map<String, Instant> writtenAt() {
    Map<String, Instant> writtenAt = new HashMap<>();
    for (LakeFiles.Found file : LakeFiles.find(List.of(day.path(kind, "*")))) {
      String encoded = RawObject.nameOf(file.path());
      // On disks of other file systems macOS adds a file with a dot beside each file.
      if (!encoded.startsWith(".")) {
        FileName.name(encoded).ifPresent(name -> writtenAt.put(name, file.modifiedAt()));
      }
    }
    return writtenAt;
  }

  /**
   * Whether storage shows an object whole or not at all, and always as written. A disk does not: a
   * power cut may leave an object's end without its middle.
   */
  public boolean keepsObjectsWhole() {
    return !LakeFiles.isLocal(day.folder());
  }

  /**
   * Whether a stored object's last line is there. Cheaper than reading the object.
   *
   * @throws LakeException if storage fails
   */
  public boolean isWhole(String name) {
    return RawObject.isWhole(path(name));
  }

  /**
   * How a stored object ended, from its last line: without attempts if that line suffices; empty if
   * the object was cut short.
   *
   * @throws LakeException if storage fails
   */
  public Optional<RawObject> end(String name) {
    return RawObject.end(path(name));
  }

  /**
   * A stored object; empty if it was cut short.
   *
   * @throws LakeException if storage fails
   */
  public Optional<RawObject> read(String name) {
    return RawObject.read(path(name));
  }

  /**
   * Reads many objects in parallel. On S3 each takes two requests, and threads mostly wait; on a
   * disk the processors are the bottleneck, and more threads than processors only take memory.
   *
   * @param names in the order in which {@code then} gets the results
   * @param read called by several threads
   * @param then called by this thread
   */
  public <R> void readInOrder(
      Collection<String> names, Function<String, R> read, BiConsumer<String, R> then) {
    int threads =
        keepsObjectsWhole()
            ? StoredResponseRef.SPREAD
            : Math.min(StoredResponseRef.SPREAD, Runtime.getRuntime().availableProcessors());
    ParallelReads.inOrder(names, threads, read, then);
  }

  /**
   * The object that is stored now; empty if there is none or it was cut short.
   *
   * @throws LakeException if storage fails
   */
  public Optional<RawObject> find(String name) {
    return LakeFiles.list(path(name)).stream().findFirst().flatMap(RawObject::read);
  }

  /**
   * Stores a finished subject's responses and returns their path.
   *
   * @throws LakeException if storage fails
   */
  public String write(
      String name, RawObject.Draft draft, RawOutcome outcome, @Nullable Reason reason) {
    String path = path(name);
    draft.write(path, day.asideOfWriter(), outcome, reason);
    return path;
  }
}
