package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.api.SpotifyIds;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** What the day has stored of albums and artists, and which of them still have to be fetched. */
public final class StoredDetails {
  /** What an app lacks if batches are refused; value of {@code run.missing_capabilities}. */
  public static final String BATCH = "BATCH";

  private StoredDetails() {}

  public static Set<String> ids(Collection<DetailState> states) {
    Set<String> ids = new TreeSet<>();
    states.forEach(state -> ids.add(state.id()));
    return ids;
  }

  /**
   * Ids that neither an earlier day nor the spared ids cover, sorted: what batches are cut from.
   */
  public static List<String> lacking(
      Collection<DetailState> states, Set<String> spared, RefreshPolicy refreshPolicy) {
    return states.stream()
        .filter(state -> lacks(state, spared, refreshPolicy))
        .map(DetailState::id)
        .sorted()
        .distinct()
        .toList();
  }

  /** The same if they are fetched one by one: fewer, the most needed first. */
  public static List<DetailState> lackingSingles(
      Collection<DetailState> states, Set<String> spared, RefreshPolicy refreshPolicy) {
    RefreshPolicy policy = refreshPolicy.ofSingles();
    return states.stream()
        .filter(state -> lacks(state, spared, policy))
        .sorted(DetailState.MOST_NEEDED_FIRST)
        .toList();
  }

  private static boolean lacks(DetailState state, Set<String> spared, RefreshPolicy policy) {
    // Spotify returns no other ids, but a row that another program wrote may have them.
    return !policy.isYoung(state.detailedAt())
        && SpotifyIds.mayBeId(state.id())
        && !spared.contains(state.id());
  }

  public static List<StoredResponseRef> landed(
      Collection<DetailIndex> indexes, Enrichment enrichment) {
    List<StoredResponseRef> landed = new ArrayList<>();
    indexes.forEach(index -> landed.addAll(index.landed(enrichment.wants(index.kind()))));
    return landed;
  }

  /**
   * The result of {@link #addStored}.
   *
   * @param spared the ids that are not fetched again
   * @param requests those that this same run made, in an attempt that was cut short
   * @param singles those of them that were for one detail
   */
  public record Added(Set<String> spared, long requests, long singles) {}

  /** Names of the stored objects of a kind, sorted: the order in which they are added. */
  public static List<String> names(RawDay day, SubjectType kind) {
    return store(day, kind).names().stream().sorted().toList();
  }

  /**
   * Adds the stored responses of the day. Each is read whole: its bodies show which ids it covers.
   *
   * @param names from {@link #names}
   * @param batches learns from the stored responses
   * @param oneRead called after each object
   * @throws LakeException if storage fails
   */
  public static Added addStored(
      RawDay day,
      List<String> names,
      RefreshPolicy refreshPolicy,
      DetailIndex index,
      BatchCapability batches,
      Runnable oneRead) {
    RawStore store = store(day, index.kind());
    Set<String> spared = new HashSet<>();
    AtomicLong requests = new AtomicLong();
    AtomicLong singles = new AtomicLong();
    store.readInOrder(
        names,
        store::read,
        (name, found) -> {
          oneRead.run();
          found.ifPresent(
              object -> {
                Set<String> answered = index.add(store.path(name), object);
                long own = object.attemptsSince(refreshPolicy.startedAt());
                requests.addAndGet(own);
                singles.addAndGet(StoredDetailResponses.isBatch(object) ? 0 : own);
                if (refreshPolicy.counts(object)) {
                  spared.addAll(answered);
                  batches.note(object);
                }
              });
        });
    return new Added(spared, requests.get(), singles.get());
  }

  /** The largest batch, by Spotify's reference of Get Several Albums and Get Several Artists. */
  public static int batchSize(SubjectType kind) {
    return kind == SubjectType.ALBUM ? 20 : 50;
  }

  public static RawStore store(RawDay day, SubjectType kind) {
    return new RawStore(day, kind.name().toLowerCase(Locale.ROOT));
  }
}
