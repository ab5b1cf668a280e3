package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import dev.playlistlake.model.SubjectType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the day's stored objects contain of the albums, or the artists, that a run wants (decision
 * 15). Rows come from every object that has one; a gap comes from the newest response if that is a
 * refusal, else from the last failure. Fetching and replaying add objects the same way, so both
 * yield the same rows.
 */
public final class DetailIndex {
  private final SubjectType kind;
  private final Set<String> wanted;
  private final Map<String, ObjectIds> byPath = new TreeMap<>();
  private final Map<String, Finding> newest = new HashMap<>();
  private final Map<String, String> failedIn = new TreeMap<>();

  private record Finding(String path, boolean known, Instant at) {}

  /** What one object contains. */
  private static final class ObjectIds {
    private final Set<String> known = new TreeSet<>();
    private final Set<String> gaps = new TreeSet<>();
  }

  public DetailIndex(SubjectType kind, Collection<String> wanted) {
    this.kind = kind;
    this.wanted = Set.copyOf(wanted);
  }

  SubjectType kind() {
    return kind;
  }

  /** Adds a stored object; returns the wanted ids that it covers. */
  synchronized Set<String> add(String path, RawObject object) {
    Set<String> answered = new TreeSet<>();
    object(path);
    StoredDetailResponses.of(object)
        .forEach(
            (id, details) -> {
              if (wanted.contains(id)) {
                answered.add(id);
                received(path, id, details.object() != null, details.fetchedAt());
              }
            });
    return answered;
  }

  /** Adds one result of an object: whether Spotify knows the id. */
  public synchronized void received(String path, String id, boolean known, Instant at) {
    if (!wanted.contains(id)) {
      return;
    }
    Finding before = newest.get(id);
    if (before == null || at.isAfter(before.at())) {
      newest.put(id, new Finding(path, known, at));
    }
    if (known) {
      object(path).known.add(id);
    }
  }

  /** Whether any object has a result for the id. */
  synchronized boolean knows(String id) {
    return newest.containsKey(id);
  }

  /** Adds ids that this run failed to fetch, or could not request, as recorded in the object. */
  public synchronized void failed(String path, Collection<String> ids) {
    object(path);
    for (String id : ids) {
      if (wanted.contains(id)) {
        failedIn.put(id, path);
      }
    }
  }

  /**
   * All objects, including those without a wanted id: their requests count.
   *
   * @param withGaps false if the run does not want this kind of detail, and so lacks nothing
   */
  synchronized List<StoredResponseRef> landed(boolean withGaps) {
    if (withGaps) {
      newest.forEach(
          (id, finding) -> {
            if (!finding.known() && !failedIn.containsKey(id)) {
              object(finding.path()).gaps.add(id);
            }
          });
      failedIn.forEach((id, path) -> object(path).gaps.add(id));
    }
    List<StoredResponseRef> landed = new ArrayList<>();
    byPath.forEach(
        (path, of) ->
            landed.add(
                new StoredResponseRef(
                    kind, path, List.copyOf(of.known), List.copyOf(of.gaps), Map.of())));
    return landed;
  }

  private ObjectIds object(String path) {
    return byPath.computeIfAbsent(path, unseen -> new ObjectIds());
  }
}
