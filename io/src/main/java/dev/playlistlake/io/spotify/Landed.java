package dev.playlistlake.io.spotify;

import dev.playlistlake.model.SubjectType;
import java.io.Serializable;
import java.util.List;

/**
 * A stored object and whom it speaks of.
 *
 * @param kind playlist, album or artist
 * @param path where it lies
 * @param ids the subjects of this run that it answers for, or says nothing of
 */
public record Landed(SubjectType kind, String path, List<String> ids) implements Serializable {
  public Landed {
    ids = List.copyOf(ids);
  }
}
