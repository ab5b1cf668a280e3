package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds a day's stored details as the replayed run left them (decision 15). */
public final class DetailReplay {
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy refreshPolicy;
  private final BatchCapability batches = new BatchCapability();

  /** Ids of refused batches: gaps, unless the app lacks batches. Then they were fetched singly. */
  private final Set<String> refused = new TreeSet<>();

  public DetailReplay(RawDay day, Enrichment enrichment, RefreshPolicy refreshPolicy) {
    this.day = day;
    this.enrichment = enrichment;
    this.refreshPolicy = refreshPolicy;
  }

  public LandedDetails find(
      Map<SubjectType, ? extends Collection<DetailState>> wanted, FetchReport before) {
    List<DetailIndex> indexes = new ArrayList<>();
    Map<SubjectType, Set<String>> covered = new EnumMap<>(SubjectType.class);
    wanted.forEach(
        (kind, states) -> {
          DetailIndex index = new DetailIndex(kind, StoredDetails.ids(states));
          covered.put(kind, addStored(index));
          indexes.add(index);
        });
    for (DetailIndex index : indexes) {
      SubjectType kind = index.kind();
      if (enrichment.wants(kind)) {
        Collection<DetailState> states = Objects.requireNonNull(wanted.get(kind));
        addNotFetched(index, lacking(states, Objects.requireNonNull(covered.get(kind))));
      }
    }
    batches.addRefusals();
    return new LandedDetails(
        StoredDetails.landed(indexes, enrichment),
        before.withMissing(batches.missingCapabilities()));
  }

  private List<String> lacking(Collection<DetailState> states, Set<String> covered) {
    if (!batches.isLacking()) {
      covered.addAll(refused);
    }
    return batches.isLacking() && enrichment.alsoOneByOne()
        ? StoredDetails.lackingSingles(states, covered, refreshPolicy).stream()
            .map(DetailState::id)
            .toList()
        : StoredDetails.lacking(states, covered, refreshPolicy);
  }

  /** Adds all stored objects; returns the ids that they cover, or failed to fetch. */
  private Set<String> addStored(DetailIndex index) {
    RawStore store = StoredDetails.store(day, index.kind());
    Set<String> covered = new TreeSet<>();
    store.readInOrder(
        StoredDetails.names(day, index.kind()),
        store::read,
        (name, found) ->
            found.ifPresent(
                object -> covered.addAll(addStored(name, store.path(name), object, index))));
    return covered;
  }

  private Set<String> addStored(String name, String path, RawObject object, DetailIndex index) {
    Set<String> answered = index.add(path, object);
    batches.note(object);
    Set<String> covered = new TreeSet<>(answered);
    // Gaps are those of the replayed run; later runs may have fetched these ids since.
    if (name.startsWith(day.runId() + "-") && object.outcome() != RawOutcome.COMPLETE) {
      Set<String> failed = StoredDetailResponses.requestedIds(object);
      failed.removeAll(answered);
      if (BatchCapability.isRefusedBatch(object)) {
        batches.refused(index, path, List.copyOf(failed));
        refused.addAll(failed);
      } else {
        failed.removeAll(leftForLater(object, failed));
        index.failed(path, failed);
        covered.addAll(failed);
      }
    }
    return covered;
  }

  /** Those that the run counted among what it left for later. */
  private static Set<String> leftForLater(RawObject object, Set<String> failed) {
    Map<String, Reason> failures = StoredDetailResponses.failures(object);
    return failed.stream()
        .filter(id -> Rejection.leavesDetails(failures.getOrDefault(id, object.reason())))
        .collect(Collectors.toSet());
  }

  /** Wanted ids without a result: the run did not request them, or used another day. */
  private void addNotFetched(DetailIndex index, List<String> ids) {
    List<String> withoutResult = ids.stream().filter(id -> !index.knows(id)).toList();
    boolean endedThere = batches.isLacking() && !enrichment.alsoOneByOne();
    if (!withoutResult.isEmpty() && !endedThere) {
      RawStore store = StoredDetails.store(day, index.kind());
      String unasked = StoredPlaylists.unasked(day);
      index.failed(store.find(unasked).isPresent() ? store.path(unasked) : "", withoutResult);
    }
  }
}
