package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
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
import dev.playlistlake.model.FetchReport;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gets what the words of a list mean: whose token it is and which playlists are in the library,
 * whichever of the two is needed, and stores the answers.
 */
public final class LibraryLanding {
  private final SpotifyConnection source;
  private final RawDay day;
  private final RawStore store;
  private final RefreshPolicy freshness;

  public LibraryLanding(SpotifyConnection source, RawDay day, RefreshPolicy freshness) {
    this.source = source;
    this.day = day;
    this.store = StoredLibrary.store(day);
    this.freshness = freshness;
  }

  /**
   * What came of it.
   *
   * @param paths the stored objects, by name
   * @param requests how many it takes where nothing is to be repeated
   * @param report how the asking went
   */
  public record Result(
      Library library, Map<String, String> paths, int requests, FetchReport report) {}

  /** For a list that may have words in it. */
  Result land(List<ListEntry> entries, LibraryScope mine) throws InterruptedException {
    return land(entries, mine, true);
  }

  /** The same for one who only wants to know: nothing is stored. */
  public Result look(List<ListEntry> entries, LibraryScope mine) throws InterruptedException {
    return land(entries, mine, false);
  }

  private Result land(List<ListEntry> entries, LibraryScope mine, boolean storing)
      throws InterruptedException {
    boolean me = StoredLibrary.isWanted(entries, ListEntry.ME);
    boolean liked = StoredLibrary.isWanted(entries, ListEntry.LIKED);
    CurrentUserFetch user =
        liked || (me && mine == LibraryScope.OWNED) ? new CurrentUserFetch() : null;
    LibraryFetch listing = me ? new LibraryFetch() : null;
    List<FetchPlan> toAsk = new ArrayList<>();
    Map<String, String> paths = new ConcurrentHashMap<>();
    long spentBefore = 0;
    for (FetchPlan subject : new FetchPlan[] {user, listing}) {
      if (subject == null) {
        continue;
      }
      Optional<StoredLibrary.Found> known = StoredLibrary.newest(store, subject.name(), freshness);
      // What an attempt of this very run asked that was cut short counts, whatever came of it.
      spentBefore +=
          store
              .find(StoredLibrary.own(day, subject.name()))
              .map(object -> object.attemptsSince(freshness.startedAt()))
              .orElse(0L);
      if (known.isPresent()) {
        known
            .get()
            .object()
            .attempts()
            .forEach(attempt -> ResponseOutcome.replay(subject, attempt));
        paths.put(subject.name(), known.get().path());
      } else {
        toAsk.add(subject);
      }
    }
    RunLimits asked =
        new RunLimits(source.settings().requestBudget(), FetchReport.afterRequests(spentBefore));
    ask(
        toAsk,
        asked,
        work -> {
          if (storing) {
            paths.put(work.plan().name(), keep(work));
          }
        });
    return new Result(
        Library.of(user, gap(user, toAsk, asked), listing, gap(listing, toAsk, asked)),
        Map.copyOf(paths),
        (toAsk.contains(user) ? 1 : 0)
            + (listing != null && toAsk.contains(listing) ? listing.pagesRead() : 0),
        asked.report(List.of()));
  }

  private void ask(List<FetchPlan> subjects, RunLimits asked, Consumer<OpenFetch> finished)
      throws InterruptedException {
    if (!subjects.isEmpty()) {
      source.requireUser(asked);
      var unused = source.fetchLoop(asked).run(subjects, finished);
    }
  }

  private String keep(OpenFetch work) {
    FetchPlan subject = work.plan();
    RawOutcome outcome = Objects.requireNonNull(subject.outcome());
    return store.write(
        StoredLibrary.own(day, subject.name()), work.draft(), outcome, subject.reason());
  }

  /** Why something was not told as a whole; what was never asked has a gap as well. */
  private static @Nullable Reason gap(
      @Nullable FetchPlan subject, List<FetchPlan> toAsk, RunLimits asked) {
    if (subject == null || !toAsk.contains(subject) || subject.outcome() == RawOutcome.COMPLETE) {
      return null;
    }
    return subject.reason() == null ? asked.stoppedBy() : subject.reason();
  }
}
