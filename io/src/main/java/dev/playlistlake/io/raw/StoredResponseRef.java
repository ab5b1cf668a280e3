package dev.playlistlake.io.raw;

import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A stored object and whom it speaks of.
 *
 * @param kind playlist, album or artist
 * @param path where it lies; empty where nothing is stored of its subjects
 * @param rowsOf the subjects of this run whose rows come from it; its requests count in any case
 * @param gapsOf the subjects of this run of which it tells why they could not be had; a playlist of
 *     {@code rowsOf} says so itself
 * @param before how playlists stood on the day before, of those that had a row
 */
public record StoredResponseRef(
    SubjectType kind,
    String path,
    List<String> rowsOf,
    List<String> gapsOf,
    Map<String, PreviousPlaylist> before)
    implements Serializable {
  /** Groups in which objects are read side by side. */
  public static final int SPREAD = 16;

  public StoredResponseRef {
    rowsOf = List.copyOf(rowsOf);
    gapsOf = List.copyOf(gapsOf);
    before = Map.copyOf(before);
  }

  /** Nothing but an object's requests. */
  public static StoredResponseRef forTheCount(SubjectType kind, String path) {
    return new StoredResponseRef(kind, path, List.of(), List.of(), Map.of());
  }
}
