package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.auth.Scopes;
import dev.playlistlake.io.spotify.fetch.OpenFetch;
import dev.playlistlake.io.spotify.fetch.RunLimits;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.reading.CurrentUserFetch;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.LibraryFetch;
import dev.playlistlake.io.spotify.reading.ResponseOutcome;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.stored.StoredLibrary;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.FetchReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what the words of a list stand for: the token's user and the playlists in the library,
 * whichever is needed, and stores the responses (decision 24).
 */
public final class LibraryLanding {
  private final SpotifyConnection connection;
  private final RawDay day;
  private final RawStore store;
  private final RefreshPolicy refreshPolicy;

  public LibraryLanding(SpotifyConnection connection, RawDay day, RefreshPolicy refreshPolicy) {
    this.connection = connection;
    this.day = day;
    this.store = StoredLibrary.store(day);
    this.refreshPolicy = refreshPolicy;
  }

  /**
   * The result.
   *
   * @param paths the stored objects, by name
   * @param requests how many it takes without retries
   * @param report how the fetching went
   */
  public record Result(
      Library library, Map<String, String> paths, int requests, FetchReport report) {}

  /**
   * For a list that may contain words.
   *
   * @param before the playlists that {@code me} stood for on the day before
   */
  Result land(List<ListEntry> entries, LibraryScope mine, List<String> before)
      throws InterruptedException {
    return land(entries, mine, before, true);
  }

  /**
   * The same for a forecast: nothing is stored.
   *
   * @throws InterruptedException if interrupted while fetching
   */
  public Result look(List<ListEntry> entries, LibraryScope mine, List<String> before)
      throws InterruptedException {
    return land(entries, mine, before, false);
  }

  private Result land(
      List<ListEntry> entries, LibraryScope mine, List<String> before, boolean storing)
      throws InterruptedException {
    boolean me = StoredLibrary.isWanted(entries, ListEntry.ME);
    boolean liked = StoredLibrary.isWanted(entries, ListEntry.LIKED);
    CurrentUserFetch user =
        liked || (me && mine == LibraryScope.OWNED) ? new CurrentUserFetch() : null;
    LibraryFetch listing = me ? new LibraryFetch(Set.copyOf(before)) : null;
    List<FetchPlan> toFetch = new ArrayList<>();
    Map<String, String> paths = new ConcurrentHashMap<>();
    long spentBefore = 0;
    for (FetchPlan plan : new FetchPlan[] {user, listing}) {
      if (plan == null) {
        continue;
      }
      Optional<StoredLibrary.Found> known = StoredLibrary.newest(store, plan.name(), refreshPolicy);
      // Requests of an interrupted attempt of this run count, whatever their outcome.
      spentBefore +=
          store
              .find(StoredLibrary.own(day, plan.name()))
              .map(object -> object.attemptsSince(refreshPolicy.startedAt()))
              .orElse(0L);
      if (known.isPresent()) {
        ResponseOutcome.replay(plan, known.get().object().attempts());
        paths.put(plan.name(), known.get().path());
      } else {
        toFetch.add(plan);
      }
    }
    RunLimits limits =
        new RunLimits(
            connection.settings().requestBudget(), FetchReport.afterRequests(spentBefore));
    fetch(
        toFetch,
        limits,
        Scopes.needed(me, liked),
        fetch -> {
          if (storing) {
            paths.put(fetch.plan().name(), keep(fetch));
          }
        });
    return new Result(
        Library.of(user, gap(user, toFetch, limits), listing, gap(listing, toFetch, limits)),
        Map.copyOf(paths),
        (toFetch.contains(user) ? 1 : 0)
            + (listing != null && toFetch.contains(listing) ? listing.pagesRead() : 0),
        limits.report(List.of()));
  }

  private void fetch(
      List<FetchPlan> plans, RunLimits limits, Set<String> scopes, Consumer<OpenFetch> finished)
      throws InterruptedException {
    if (!plans.isEmpty()) {
      connection.requireUser(limits, scopes);
      var unused = connection.fetchLoop(limits).run(plans, finished);
    }
  }

  private String keep(OpenFetch fetch) {
    FetchPlan plan = fetch.plan();
    RawOutcome outcome = Objects.requireNonNull(plan.outcome());
    return store.write(StoredLibrary.own(day, plan.name()), fetch.draft(), outcome, plan.reason());
  }

  /** Why something is incomplete; what was not fetched is a gap too. */
  private static @Nullable Reason gap(
      @Nullable FetchPlan plan, List<FetchPlan> toFetch, RunLimits limits) {
    if (plan == null || !toFetch.contains(plan) || plan.outcome() == RawOutcome.COMPLETE) {
      return null;
    }
    return plan.reason() == null ? limits.stoppedBy() : plan.reason();
  }
}
