package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.fetch.FetchMetrics;
import dev.playlistlake.io.spotify.fetch.OpenFetch;
import dev.playlistlake.io.spotify.fetch.Progress;
import dev.playlistlake.io.spotify.fetch.RunLimits;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.reading.DetailFetch;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.stored.BatchCapability;
import dev.playlistlake.io.spotify.stored.DetailIndex;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LandedDetails;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.stored.StoredDetails;
import dev.playlistlake.io.spotify.stored.StoredPlaylists;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.model.run.RateLimiterSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Fetches and stores details of albums and artists. It uses what this day or earlier days already
 * hold and fetches the rest in batches, filled over the whole run. Batches go one at a time until
 * one succeeds, so an app without batch access finds out from one request.
 */
public final class DetailLanding {
  private static final String SINGLES = "-singles";

  /** The most batches that are sent one at a time; after that Spotify may be down. */
  private static final int MOST_PROBES = 3;

  private final SpotifyConnection connection;
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy refreshPolicy;
  private final BatchCapability batches = new BatchCapability();
  private final Map<SubjectType, DetailIndex> indexes = new EnumMap<>(SubjectType.class);
  private final Map<SubjectType, Set<String>> names = new EnumMap<>(SubjectType.class);
  private final LeftForLater left = new LeftForLater();

  /** What the run wants of one kind, and the ids of it that need not be fetched. */
  private record Wanted(Collection<DetailState> states, Set<String> spared) {}

  DetailLanding(
      SpotifyConnection connection,
      RawDay day,
      Enrichment enrichment,
      RefreshPolicy refreshPolicy) {
    this.connection = connection;
    this.day = day;
    this.enrichment = enrichment;
    this.refreshPolicy = refreshPolicy;
  }

  /** Lands details of all ids given; fetches as far as enrichment and the report allow. */
  LandedDetails land(Map<SubjectType, ? extends Collection<DetailState>> wanted, FetchReport before)
      throws InterruptedException {
    if (!before.isAuthorised()) {
      return new LandedDetails(List.of(), before);
    }
    Map<SubjectType, Wanted> missing = new EnumMap<>(SubjectType.class);
    long spentBefore = 0;
    long singlesBefore = 0;
    for (var ofKind : wanted.entrySet()) {
      SubjectType kind = ofKind.getKey();
      DetailIndex index = new DetailIndex(kind, StoredDetails.ids(ofKind.getValue()));
      indexes.put(kind, index);
      StoredDetails.Added added = addStored(kind, index);
      spentBefore += added.requests();
      singlesBefore += added.singles();
      if (enrichment.wants(kind)) {
        missing.put(kind, new Wanted(List.copyOf(ofKind.getValue()), added.spared()));
      }
    }
    RunLimits limits =
        new RunLimits(connection.settings().requestBudget(), before.withMoreRequests(spentBefore));
    fetch(missing, Math.max(0, enrichment.detailBudget() - singlesBefore), limits);
    return new LandedDetails(
        StoredDetails.landed(indexes.values(), enrichment),
        limits.report(batches.missingCapabilities()));
  }

  private StoredDetails.Added addStored(SubjectType kind, DetailIndex index) {
    List<String> stored = StoredDetails.names(day, kind);
    String what = "stored batches of " + kind.name().toLowerCase(Locale.ROOT) + "s";
    try (Progress progress =
        Progress.startReading(what, stored.size(), connection.settings().progress())) {
      return StoredDetails.addStored(day, stored, refreshPolicy, index, batches, progress::oneDone);
    }
  }

  private void fetch(Map<SubjectType, Wanted> missing, long mostSingles, RunLimits limits)
      throws InterruptedException {
    List<DetailFetch> rest = batches(missing);
    if (rest.isEmpty()) {
      return;
    }
    try (Progress progress =
        Progress.start(
            "batches of details", rest.size(), limits::spent, connection.settings().progress())) {
      rest = probe(rest, limits, progress);
      if (batches.isLacking()) {
        // Refused for good, so a closed family of batches does not matter either: go without
        // details, or fetch one by one if the user wants that.
        rest.forEach(batch -> left.add(batch.kind(), batch.ids(), null));
        Map<SubjectType, Set<String>> instead = left.takeAll();
        rest = enrichment.alsoOneByOne() ? oneByOne(missing, instead, mostSingles) : List.of();
      }
      work(rest, limits, progress);
    }
    limits.settle();
    addLeft(limits);
    batches.addRefusals();
  }

  /**
   * Sends batches one at a time until one shows whether this app may send them.
   *
   * @return those that are still to be fetched
   */
  private List<DetailFetch> probe(List<DetailFetch> all, RunLimits limits, Progress progress)
      throws InterruptedException {
    List<DetailFetch> rest = all;
    int probes = 0;
    while (probes < MOST_PROBES && !rest.isEmpty() && batches.isUnknown()) {
      DetailFetch first = rest.get(0).asProbe();
      RateLimiterSnapshot before = limits.rateLimiter();
      work(List.of(first), limits, progress);
      if (first.isRefusedForRate()) {
        // These 429s are about the endpoint, not about a rate.
        limits.learned(before.withWaitOf(limits.rateLimiter()));
      }
      rest = batches.isLacking() ? rest : rest.subList(1, rest.size());
      if (Reason.QUOTA_EXCEEDED.equals(first.reason())) {
        // Its family is closed, which says nothing about the app: the other kind finds out.
        rest.stream()
            .filter(batch -> batch.kind() == first.kind())
            .forEach(batch -> left.add(batch.kind(), batch.ids(), Reason.QUOTA_EXCEEDED));
        rest = rest.stream().filter(batch -> batch.kind() != first.kind()).toList();
      } else {
        probes++;
      }
    }
    return rest;
  }

  private void work(List<DetailFetch> fetches, RunLimits limits, Progress progress)
      throws InterruptedException {
    List<FetchPlan> notStarted =
        connection
            .fetchLoop(limits)
            .run(
                fetches,
                fetch -> {
                  keep(fetch);
                  progress.oneDone();
                  connection.metrics().add(FetchMetrics.Count.DETAILS, 1);
                });
    for (FetchPlan plan : notStarted) {
      DetailFetch fetch = (DetailFetch) plan;
      left.add(fetch.kind(), fetch.ids(), fetch.reason());
    }
  }

  private List<DetailFetch> batches(Map<SubjectType, Wanted> missing) {
    List<DetailFetch> batchesOfAll = new ArrayList<>();
    missing.forEach(
        (kind, wanted) -> {
          List<String> ids = StoredDetails.lacking(wanted.states(), wanted.spared(), refreshPolicy);
          int size = StoredDetails.batchSize(kind);
          for (int from = 0; from < ids.size(); from += size) {
            List<String> ofBatch = ids.subList(from, Math.min(from + size, ids.size()));
            batchesOfAll.add(DetailFetch.batch(name(kind, ofBatch.get(0)), kind, ofBatch));
          }
        });
    return batchesOfAll;
  }

  /** These details one by one, the most needed first, within the budget. */
  private List<DetailFetch> oneByOne(
      Map<SubjectType, Wanted> missing, Map<SubjectType, Set<String>> ids, long most) {
    SingleDetails singles = new SingleDetails();
    missing.forEach(
        (kind, wanted) ->
            StoredDetails.lackingSingles(wanted.states(), wanted.spared(), refreshPolicy).stream()
                .filter(state -> ids.getOrDefault(kind, Set.of()).contains(state.id()))
                .forEach(state -> singles.add(kind, state)));
    singles
        .beyond(most)
        .forEach(single -> left.add(single.kind(), List.of(single.id()), Reason.BUDGET_SPENT));
    return singles.mostNeeded(most, (kind, firstId) -> name(kind, firstId) + SINGLES);
  }

  /** A name that no stored object has: a repeated attempt of this run must not hide the first. */
  private String name(SubjectType kind, String firstId) {
    Set<String> taken = names.computeIfAbsent(kind, unused -> store(kind).names());
    String name = day.runId() + "-" + firstId;
    for (int i = 2; taken.contains(name) || taken.contains(name + SINGLES); i++) {
      name = day.runId() + "-" + firstId + "-" + i;
    }
    return name;
  }

  private void keep(OpenFetch open) {
    DetailFetch fetch = (DetailFetch) open.plan();
    RawOutcome outcome = Objects.requireNonNull(fetch.outcome());
    String path = store(fetch.kind()).write(fetch.name(), open.draft(), outcome, fetch.reason());
    DetailIndex index = Objects.requireNonNull(indexes.get(fetch.kind()));
    fetch
        .findings()
        .forEach((id, finding) -> index.received(path, id, finding.known(), finding.at()));
    if (fetch.isRefusedBatch()) {
      batches.refused(index, path, fetch.ids());
      return;
    }
    if (fetch.isBatch() && !fetch.findings().isEmpty()) {
      batches.worked();
    }
    List<String> failed = new ArrayList<>();
    fetch
        .failures()
        .forEach(
            (id, reason) -> {
              if (Rejection.leavesDetails(reason)) {
                left.add(fetch.kind(), List.of(id), reason);
              } else {
                failed.add(id);
              }
            });
    index.failed(path, failed);
    fetch.notSent().forEach((id, reason) -> left.add(fetch.kind(), List.of(id), reason));
  }

  /** Stores why ids were not fetched, in one object per kind. */
  private void addLeft(RunLimits limits) {
    if (limits.refusal() != null) {
      return;
    }
    left.byKind()
        .forEach(
            (kind, ids) -> {
              String path =
                  store(kind)
                      .write(
                          StoredPlaylists.unasked(day),
                          new RawObject.Draft(),
                          RawOutcome.NONE,
                          left.reason(kind, limits.stoppedBy()));
              Objects.requireNonNull(indexes.get(kind)).failed(path, ids);
            });
  }

  private RawStore store(SubjectType kind) {
    return StoredDetails.store(day, kind);
  }
}
