package dev.playlistlake.io.raw;

import dev.playlistlake.io.lake.FileName;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.model.Reason;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The day's stored answers of one kind: what is asked is stored here before anything else sees it,
 * and what is here with a final outcome is not asked again today.
 */
public final class RawStore implements Serializable {
  private final RawDay day;
  private final String kind;

  /** The answers of a kind: {@code playlist}, {@code album} or {@code artist}. */
  public RawStore(RawDay day, String kind) {
    this.day = day;
    this.kind = kind;
  }

  /** Where a subject's object lies. */
  public String path(String name) {
    return day.path(kind, FileName.of(name));
  }

  /** Whether a name is short enough for the name of a file, on whatever disk. */
  public static boolean canName(String name) {
    return FileName.of(name).length() <= FileName.LONGEST;
  }

  /** Names of all stored objects. */
  public Set<String> names() {
    return LakeFiles.list(day.path(kind, "*")).stream()
        .map(RawObject::nameOf)
        // What macOS lays beside each file on a disk that is not its own.
        .filter(name -> !name.startsWith("."))
        .map(FileName::name)
        .flatMap(Optional::stream)
        .collect(Collectors.toSet());
  }

  /** Whether a stored object was not cut short; costs less than reading it. */
  public boolean isWhole(String name) {
    return RawObject.isWhole(path(name));
  }

  /** A stored object; empty where it was cut short. */
  public Optional<RawObject> read(String name) {
    return RawObject.read(path(name));
  }

  /** The object that is stored at this moment; empty where there is none or it was cut short. */
  public Optional<RawObject> find(String name) {
    return LakeFiles.list(path(name)).stream().findFirst().flatMap(RawObject::read);
  }

  /** Stores a finished subject's answers and gives their path. */
  public String write(
      String name, RawObject.Draft draft, RawOutcome outcome, @Nullable Reason reason) {
    String path = path(name);
    draft.write(path, day.asideOfWriter(), outcome, reason);
    return path;
  }
}
