package dev.playlistlake.pipeline.plan;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.io.spotify.forecast.Forecast;
import dev.playlistlake.io.spotify.forecast.PlaylistOutlook;
import dev.playlistlake.io.spotify.forecast.Range;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.transforms.RejectInvalidEntries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's forecast in figures (decision 23).
 *
 * @param lake the run's lake
 * @param dayBefore the published day that the run would build on; null if none
 * @param offline whether no requests were sent
 * @param forecast the requests
 * @param unreadable what this app cannot read, and why; as in the run's rejected rows
 * @param notFetched what could not be requested now, and why
 * @param requestBudget the run's most requests; null for no limit
 * @param rate requests per second; empty if unknown
 * @param bytes disk space for the day and for a year
 */
record Plan(
    LakeLayout lake,
    @Nullable String dayBefore,
    boolean offline,
    Forecast forecast,
    List<Rejection> unreadable,
    List<Rejection> notFetched,
    @Nullable Long requestBudget,
    Optional<Rate> rate,
    PlannedBytes bytes) {
  /** Fewer requests show the start-up more than the rate. */
  private static final long LEAST_OF_A_RUN = 50;

  private static final long LEAST_OF_A_PLAN = 20;
  private static final int RUNS_LOOKED_AT = 10;

  /**
   * How fast requests go.
   *
   * @param words the source of the rate
   */
  record Rate(double perSecond, String words) {}

  static Plan of(LakeJob job, Forecast forecast, PlanAnswer.Terms terms) {
    List<Rejection> unreadable = new ArrayList<>();
    List<Rejection> notFetched = new ArrayList<>();
    for (ListEntry entry : forecast.list()) {
      Reason why = entry.reason();
      if (why != null) {
        // An invalid id is rejected by the run too; a library may be readable then.
        (entry.namesNone() ? unreadable : notFetched)
            .add(RejectInvalidEntries.rejection(entry, why));
      }
    }
    for (PlaylistOutlook outlook : forecast.playlists()) {
      add(outlook.playlistId(), outlook.unreadable(), unreadable);
      add(outlook.playlistId(), outlook.notFetched(), notFetched);
    }
    return new Plan(
        job.layout(),
        job.dayBefore() == null ? null : job.dayBefore().ingestDate(),
        terms.offline(),
        forecast,
        List.copyOf(unreadable),
        List.copyOf(notFetched),
        job.spotify().requestBudget(),
        rate(job, forecast, terms),
        PlannedBytes.of(job, forecast));
  }

  private static void add(String playlistId, @Nullable Reason why, List<Rejection> to) {
    if (why != null) {
      to.add(Rejection.ofPlaylist(playlistId, why));
    }
  }

  private static Optional<Rate> rate(LakeJob job, Forecast forecast, PlanAnswer.Terms terms) {
    if (terms.rate().isPresent()) {
      return terms.rate().map(rate -> new Rate(rate, "as --rate says"));
    }
    for (RunRow run : RunRows.latest(job.layout().root(), RUNS_LOOKED_AT)) {
      Duration took = Duration.between(run.startedAt(), run.finishedAt());
      if (run.requests() >= LEAST_OF_A_RUN && took.toMillis() > 0) {
        return Optional.of(
            new Rate(
                run.requests() * 1000.0 / took.toMillis(),
                "as the run " + run.runId() + " had them, all its work included"));
      }
    }
    long requests = forecast.report().requests();
    long millis = forecast.took().toMillis();
    return requests >= LEAST_OF_A_PLAN && millis > 0
        ? Optional.of(new Rate(requests * 1000.0 / millis, "as this plan had them"))
        : Optional.empty();
  }

  /** How fetching went; a used-up quota counts as a stop if playlists could not be fetched. */
  FetchReport report() {
    boolean byQuota =
        notFetched.stream().anyMatch(gap -> Reason.QUOTA_EXCEEDED.equals(gap.reason()));
    return byQuota ? forecast.report().leftUnreadByQuota() : forecast.report();
  }

  /** Whether all planned requests were sent. */
  boolean isWhole() {
    return notFetched.isEmpty() && forecast.report().stoppedBy() == null;
  }

  /** The run's requests. */
  Range requests() {
    return Range.exactly(forecast.libraryRequests())
        .plus(forecast.playlistRequests())
        .plus(forecast.details().requests());
  }

  /** Rows of {@code playlist_item}. */
  Range items() {
    return forecast.playlists().stream()
        .map(outlook -> outlook.items() == null ? Range.atLeast(0) : Range.exactly(outlook.items()))
        .reduce(Range.exactly(0), Range::plus);
  }

  /** Requests for first responses. */
  long firstAnswers() {
    return forecast.playlists().stream().mapToLong(PlaylistOutlook::firstAnswers).sum();
  }

  /** Requests for pages of the known playlists. */
  long pages() {
    return forecast.playlists().stream().mapToLong(PlaylistOutlook::pages).sum();
  }

  /** Requests that check again, for the known playlists. */
  long looksAgain() {
    return forecast.playlists().stream().mapToLong(PlaylistOutlook::looksAgain).sum();
  }

  /** The number of unknown playlists. */
  long unknown() {
    return playlists(PlaylistOutlook.Basis.NOTHING);
  }

  /** The number of playlists whose outlook has this basis. */
  long playlists(PlaylistOutlook.Basis basis) {
    return forecast.playlists().stream().filter(outlook -> outlook.basis() == basis).count();
  }

  /** Seconds for this many requests; empty if the rate or the number is unknown. */
  Optional<Double> seconds(@Nullable Long requests) {
    return requests == null ? Optional.empty() : rate.map(known -> requests / known.perSecond());
  }
}
