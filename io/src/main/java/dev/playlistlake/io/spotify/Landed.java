package dev.playlistlake.io.spotify;

import dev.playlistlake.model.SubjectType;
import java.io.Serializable;
import java.util.List;

/**
 * A stored object and whom it speaks of.
 *
 * @param kind playlist, album or artist
 * @param path where it lies
 * @param ids the subjects of this run that it answers for, or says nothing of; none where only its
 *     requests are to be counted
 * @param onlyGaps whether rows come from another object, and only its failures count here
 */
public record Landed(SubjectType kind, String path, List<String> ids, boolean onlyGaps)
    implements Serializable {
  /** Groups in which objects are read side by side. */
  static final int SPREAD = 16;

  public Landed {
    ids = List.copyOf(ids);
  }

  Landed(SubjectType kind, String path, List<String> ids) {
    this(kind, path, ids, false);
  }

  Landed gapsOnly() {
    return new Landed(kind, path, ids, true);
  }

  Landed withoutSubjects() {
    return new Landed(kind, path, List.of(), onlyGaps);
  }
}
