package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.fetch.FetchLoop;
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
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    Map<SubjectType, List<String>> missing = new EnumMap<>(SubjectType.class);
    long spentBefore = 0;
    for (var ofKind : wanted.entrySet()) {
      SubjectType kind = ofKind.getKey();
      DetailIndex index = new DetailIndex(kind, StoredDetails.ids(ofKind.getValue()));
      indexes.put(kind, index);
      StoredDetails.Added added = addStored(kind, index);
      spentBefore += added.requests();
      if (enrichment.wants(kind)) {
        missing.put(kind, StoredDetails.lacking(ofKind.getValue(), added.spared(), refreshPolicy));
      }
    }
    RunLimits limits =
        new RunLimits(connection.settings().requestBudget(), before.withMoreRequests(spentBefore));
    fetch(missing, limits);
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

  private void fetch(Map<SubjectType, List<String>> missing, RunLimits limits)
      throws InterruptedException {
    List<DetailFetch> rest = batches(missing);
    if (rest.isEmpty()) {
      return;
    }
    FetchLoop loop = connection.fetchLoop(limits);
    List<FetchPlan> notStarted = new ArrayList<>();
    try (Progress progress =
        Progress.start(
            "batches of details", rest.size(), limits::spent, connection.settings().progress())) {
      for (int probe = 0; probe < MOST_PROBES && !rest.isEmpty() && batches.isUnknown(); probe++) {
        DetailFetch first = rest.get(0);
        notStarted.addAll(work(loop, List.of(first), progress));
        rest = Reason.FORBIDDEN.equals(first.reason()) ? rest : rest.subList(1, rest.size());
      }
      if (batches.isLacking()) {
        // Refused for good: go without details, or fetch one by one if the user wants that.
        rest = enrichment.alsoOneByOne() ? oneByOne(rest) : List.of();
      }
      notStarted.addAll(work(loop, rest, progress));
    }
    limits.settle();
    addNotStarted(notStarted, limits);
    batches.addRefusals();
  }

  private List<FetchPlan> work(FetchLoop loop, List<DetailFetch> readings, Progress progress)
      throws InterruptedException {
    return loop.run(
        readings,
        fetch -> {
          keep(fetch);
          progress.oneDone();
          connection.metrics().add(FetchMetrics.Count.DETAILS, 1);
        });
  }

  private List<DetailFetch> batches(Map<SubjectType, List<String>> missing) {
    List<DetailFetch> batchesOfAll = new ArrayList<>();
    missing.forEach(
        (kind, ids) -> {
          int size = StoredDetails.batchSize(kind);
          for (int from = 0; from < ids.size(); from += size) {
            List<String> ofBatch = ids.subList(from, Math.min(from + size, ids.size()));
            batchesOfAll.add(DetailFetch.batch(name(kind, ofBatch.get(0)), kind, ofBatch));
          }
        });
    return batchesOfAll;
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

  private static List<DetailFetch> oneByOne(List<DetailFetch> batches) {
    return batches.stream()
        .map(batch -> DetailFetch.oneByOne(batch.name() + SINGLES, batch.kind(), batch.ids()))
        .toList();
  }

  private void keep(OpenFetch open) {
    DetailFetch fetch = (DetailFetch) open.plan();
    RawOutcome outcome = Objects.requireNonNull(fetch.outcome());
    String path = store(fetch.kind()).write(fetch.name(), open.draft(), outcome, fetch.reason());
    DetailIndex index = Objects.requireNonNull(indexes.get(fetch.kind()));
    fetch
        .findings()
        .forEach((id, finding) -> index.received(path, id, finding.known(), finding.at()));
    if (fetch.isBatch() && Reason.FORBIDDEN.equals(fetch.reason())) {
      batches.refused(index, path, fetch.ids());
    } else {
      if (fetch.isBatch() && outcome == RawOutcome.COMPLETE) {
        batches.worked();
      }
      index.failed(path, fetch.withoutResponse());
    }
  }

  private void addNotStarted(List<FetchPlan> notStarted, RunLimits limits) {
    if (limits.refusal() != null) {
      return;
    }
    @Nullable Reason reason = limits.stoppedBy();
    Map<SubjectType, List<String>> ids = new LinkedHashMap<>();
    for (FetchPlan plan : notStarted) {
      DetailFetch fetch = (DetailFetch) plan;
      reason = reason == null ? fetch.reason() : reason;
      ids.computeIfAbsent(fetch.kind(), unused -> new ArrayList<>()).addAll(fetch.ids());
    }
    for (var ofKind : ids.entrySet()) {
      String path =
          store(ofKind.getKey())
              .write(StoredPlaylists.unasked(day), new RawObject.Draft(), RawOutcome.NONE, reason);
      Objects.requireNonNull(indexes.get(ofKind.getKey())).failed(path, ofKind.getValue());
    }
  }

  private RawStore store(SubjectType kind) {
    return StoredDetails.store(day, kind);
  }
}
