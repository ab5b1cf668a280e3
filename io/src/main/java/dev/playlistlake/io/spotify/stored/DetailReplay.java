package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds a day's stored details as the replayed run left them (decision 15). */
public final class DetailReplay {
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy refreshPolicy;
  private final BatchCapability batches = new BatchCapability();

  public DetailReplay(RawDay day, Enrichment enrichment, RefreshPolicy refreshPolicy) {
    this.day = day;
    this.enrichment = enrichment;
    this.refreshPolicy = refreshPolicy;
  }

  public LandedDetails find(
      Map<SubjectType, ? extends Collection<DetailState>> wanted, FetchReport before) {
    List<DetailIndex> shelves = new ArrayList<>();
    wanted.forEach(
        (kind, states) -> {
          DetailIndex shelf = new DetailIndex(kind, StoredDetails.ids(states));
          Set<String> gaps = shelve(shelf);
          shelves.add(shelf);
          if (enrichment.wants(kind)) {
            shelveUnasked(shelf, StoredDetails.lacking(states, gaps, refreshPolicy));
          }
        });
    batches.shelveRefusals();
    return new LandedDetails(
        StoredDetails.landed(shelves, enrichment),
        before.withMissing(batches.missingCapabilities()));
  }

  /** Adds all stored objects; returns the ids that they cover, or failed to fetch. */
  private Set<String> shelve(DetailIndex shelf) {
    RawStore store = StoredDetails.store(day, shelf.kind());
    Set<String> told = new TreeSet<>();
    store.readInOrder(
        StoredDetails.names(day, shelf.kind()),
        store::read,
        (name, found) ->
            found.ifPresent(object -> told.addAll(shelve(name, store.path(name), object, shelf))));
    return told;
  }

  private Set<String> shelve(String name, String path, RawObject object, DetailIndex shelf) {
    Set<String> answered = shelf.add(path, object);
    batches.note(object);
    Set<String> told = new TreeSet<>(answered);
    // Gaps are those of the replayed run; later runs may have fetched these ids since.
    if (name.startsWith(day.runId() + "-") && object.outcome() != RawOutcome.COMPLETE) {
      Set<String> failed = StoredDetailResponses.asked(object);
      failed.removeAll(answered);
      told.addAll(failed);
      if (StoredDetailResponses.isBatch(object) && Reason.FORBIDDEN.equals(object.reason())) {
        batches.refused(shelf, path, List.copyOf(failed));
      } else {
        shelf.failed(path, failed);
      }
    }
    return told;
  }

  /** Wanted ids without a result: the run did not request them, or used another day. */
  private void shelveUnasked(DetailIndex shelf, List<String> ids) {
    List<String> wordless = ids.stream().filter(id -> !shelf.knows(id)).toList();
    boolean endedThere = batches.isLacking() && !enrichment.alsoOneByOne();
    if (!wordless.isEmpty() && !endedThere) {
      RawStore store = StoredDetails.store(day, shelf.kind());
      String unasked = StoredPlaylists.unasked(day);
      shelf.failed(store.find(unasked).isPresent() ? store.path(unasked) : "", wordless);
    }
  }
}
