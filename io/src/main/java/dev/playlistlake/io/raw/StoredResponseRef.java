package dev.playlistlake.io.raw;

import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A stored object and the subjects that it covers.
 *
 * @param kind playlist, album or artist
 * @param path its path; empty if nothing is stored of its subjects
 * @param rowsOf the subjects of this run whose rows come from it; its requests count in any case
 * @param gapsOf the subjects of this run for which it records why they are missing; a playlist of
 *     {@code rowsOf} has its own reason. Those of a library's listing have rows of metadata: this
 *     app may not fetch them
 * @param before the state of playlists on the day before, for those that may have a row
 */
public record StoredResponseRef(
    SubjectType kind,
    String path,
    List<String> rowsOf,
    List<String> gapsOf,
    Map<String, PreviousPlaylist> before)
    implements Serializable {
  /** The number of groups in which objects are read in parallel. */
  public static final int SPREAD = 16;

  public StoredResponseRef {
    rowsOf = List.copyOf(rowsOf);
    gapsOf = List.copyOf(gapsOf);
    before =
        before.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, known -> known.getValue().withPrefixes(null)));
  }

  /** Only an object's requests. */
  public static StoredResponseRef forTheCount(SubjectType kind, String path) {
    return new StoredResponseRef(kind, path, List.of(), List.of(), Map.of());
  }
}
