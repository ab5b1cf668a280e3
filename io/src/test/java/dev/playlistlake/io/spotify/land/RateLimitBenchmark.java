package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.RateLimit;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.fetch.LiveNumbers;
import dev.playlistlake.io.spotify.fetch.RunLimits;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.run.FetchReport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How well a rolling-window limit is used, over HTTP and in real time: playlists of one request
 * each are asked of a stand-in that keeps the limit, through the gate that a run asks through.
 * Prints; asserts nothing.
 *
 * <p>Arguments: requests, seconds of the window, milliseconds an answer (50). docs/performance.md
 * has the command.
 */
public final class RateLimitBenchmark {
  private static final int WINDOWS = 20;
  private static final int CONCURRENCY = 16;

  private RateLimitBenchmark() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int requests = Integer.parseInt(args[0]);
    Duration window = Duration.ofSeconds(Integer.parseInt(args[1]));
    Duration latency = Duration.ofMillis(args.length > 2 ? Integer.parseInt(args[2]) : 50);
    MapCatalog catalog = new MapCatalog();
    List<FetchPlan> subjects = new ArrayList<>();
    // One window's worth until the first refusal, and the twenty that are measured.
    for (int i = 0; i < requests * (WINDOWS + 2); i++) {
      String id = SpotifyLab.id("p" + i);
      catalog.put(PlaylistData.of(id, "Playlist " + i, List.of()));
      subjects.add(PlaylistFetch.fetching(id, null, false));
    }
    StandInOptions options = StandInOptions.defaults().withLatency(latency);
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, options)) {
      spotify.limit(new RateLimit(requests, window));
      try (SpotifyConnection source = SpotifyConnection.of(settings(spotify)).open()) {
        var unused =
            source.fetchLoop(new RunLimits(null, FetchReport.start())).run(subjects, work -> {});
      }
      System.out.printf(
          Locale.ROOT,
          "limit: %d requests in any %d s; an answer takes %d ms, at most %d in flight%n",
          requests,
          window.toSeconds(),
          latency.toMillis(),
          CONCURRENCY);
      print(
          spotify.requests().stream().filter(request -> !request.isToken()).toList(),
          requests,
          window);
    }
  }

  private static SpotifySettings settings(SpotifyStandIn spotify) {
    return new SpotifySettings(
        new HttpSettings(
            spotify.url(),
            spotify.url(),
            CONCURRENCY,
            Duration.ofSeconds(10),
            Duration.ofSeconds(30)),
        CredentialsRef.sample(),
        null,
        Duration.ofSeconds(60),
        Duration.ofSeconds(100),
        Duration.ofMillis(500),
        false,
        UserIdPolicy.keep(),
        LiveNumbers.nowhere(),
        Clock.systemUTC());
  }

  private static void print(List<LoggedRequest> log, int requests, Duration window) {
    List<LoggedRequest> sorted =
        log.stream().sorted(Comparator.comparingLong(LoggedRequest::startNanos)).toList();
    long digested = digested(sorted);
    List<LoggedRequest> before =
        sorted.stream().filter(request -> request.startNanos() < digested).toList();
    long end = digested + WINDOWS * window.toNanos();
    List<LoggedRequest> measured =
        sorted.stream()
            .filter(request -> request.startNanos() >= digested && request.startNanos() < end)
            .toList();
    System.out.printf(
        Locale.ROOT,
        "start-up: %d requests, %d of them refused, %.1f s until the first refusal was digested%n",
        before.size(),
        refused(before),
        (digested - sorted.get(0).startNanos()) / 1e9);
    int allowed = WINDOWS * requests;
    long accepted = measured.size() - refused(measured);
    System.out.printf(
        Locale.ROOT,
        "%d windows after it: used %d of %d = %.2f %%, refused %d of %d = %.2f %%%n",
        WINDOWS,
        accepted,
        allowed,
        100.0 * accepted / allowed,
        refused(measured),
        measured.size(),
        100.0 * refused(measured) / measured.size());
  }

  /** When the first request came after the first refusal's wait: the first after a silence. */
  private static long digested(List<LoggedRequest> sorted) {
    boolean refused = false;
    long last = 0;
    for (LoggedRequest request : sorted) {
      if (refused && request.startNanos() - last > Duration.ofMillis(900).toNanos()) {
        return request.startNanos();
      }
      refused |= request.status() == 429;
      last = request.startNanos();
    }
    throw new IllegalStateException("the limit was never met; give a lower one");
  }

  private static long refused(List<LoggedRequest> requests) {
    return requests.stream().filter(request -> request.status() == 429).count();
  }
}
