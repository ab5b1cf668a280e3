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
 * What the day's stored objects say of the albums, or the artists, that a run wants: rows come from
 * every object that knows one, a gap from the newest word where that is a refusal, or from whatever
 * failed last. Asking and replaying shelve their objects alike, so that they come to the same rows.
 */
public final class DetailIndex {
  private final SubjectType kind;
  private final Set<String> wanted;
  private final Map<String, Told> byPath = new TreeMap<>();
  private final Map<String, Word> newest = new HashMap<>();
  private final Map<String, String> failedIn = new TreeMap<>();

  private record Word(String path, boolean known, Instant at) {}

  /** What one object tells. */
  private static final class Told {
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

  /** Shelves a stored object; gives back the wanted ids of which it has a word. */
  synchronized Set<String> add(String path, RawObject object) {
    Set<String> answered = new TreeSet<>();
    object(path);
    StoredDetailResponses.of(object)
        .forEach(
            (id, said) -> {
              if (wanted.contains(id)) {
                answered.add(id);
                heard(path, id, said.object() != null, said.fetchedAt());
              }
            });
    return answered;
  }

  /** Shelves one word of an object: whether Spotify knows the id. */
  public synchronized void heard(String path, String id, boolean known, Instant at) {
    if (!wanted.contains(id)) {
      return;
    }
    Word before = newest.get(id);
    if (before == null || at.isAfter(before.at())) {
      newest.put(id, new Word(path, known, at));
    }
    if (known) {
      object(path).known.add(id);
    }
  }

  /** Whether any object has a word of the id. */
  synchronized boolean hasWordOf(String id) {
    return newest.containsKey(id);
  }

  /** Ids that this run asked for in vain, or could not ask for, as the object tells. */
  public synchronized void failed(String path, Collection<String> ids) {
    object(path);
    for (String id : ids) {
      if (wanted.contains(id)) {
        failedIn.put(id, path);
      }
    }
  }

  /**
   * All objects, those without a wanted id too: their requests are counted.
   *
   * @param tellGaps false where the run does not want this kind of detail, and so lacks nothing
   */
  synchronized List<StoredResponseRef> landed(boolean tellGaps) {
    if (tellGaps) {
      newest.forEach(
          (id, word) -> {
            if (!word.known() && !failedIn.containsKey(id)) {
              object(word.path()).gaps.add(id);
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

  private Told object(String path) {
    return byPath.computeIfAbsent(path, unseen -> new Told());
  }
}
