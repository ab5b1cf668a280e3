package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawDay;
import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.RawOutcome;
import dev.playlistlake.io.lake.RawStore;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gets what the words of a list mean: whose token it is and which playlists are in the library,
 * whichever of the two is needed, and stores the answers.
 */
final class LibraryLanding {
  private final SpotifySource source;
  private final RawDay day;
  private final RawStore store;
  private final Freshness freshness;

  LibraryLanding(SpotifySource source, RawDay day, Freshness freshness) {
    this.source = source;
    this.day = day;
    this.store = store(day);
    this.freshness = freshness;
  }

  private static RawStore store(RawDay day) {
    return new RawStore(day, "library");
  }

  /** A run's own object: another run of the day may lean on another one. */
  private static String own(RawDay day, String name) {
    return day.runId() + "-" + name;
  }

  /** The object that a run has leaned on: its own, else the newest whole one before; else none. */
  static Optional<String> path(RawDay day, String name) {
    RawStore store = store(day);
    String own = own(day, name);
    return newestFirst(store, name)
        .filter(object -> object.compareTo(own) <= 0)
        .filter(
            object ->
                store
                    .read(object)
                    .filter(stored -> object.equals(own) || stored.outcome().isFinal())
                    .isPresent())
        .findFirst()
        .map(store::path);
  }

  private static Stream<String> newestFirst(RawStore store, String name) {
    return store.names().stream()
        .filter(object -> object.endsWith("-" + name))
        .sorted(Comparator.reverseOrder());
  }

  private record Found(String path, RawObject object) {}

  /** The newest that spares the asking. */
  private static Optional<Found> newest(RawStore store, String name, Freshness freshness) {
    return newestFirst(store, name)
        .map(object -> store.read(object).map(read -> new Found(store.path(object), read)))
        .flatMap(Optional::stream)
        .filter(found -> freshness.isFinal(found.object()))
        .findFirst();
  }

  /** Which of the two need no asking any more. */
  record Stored(boolean user, boolean listing) {}

  static Stored stored(RawDay day, Freshness freshness) {
    RawStore store = store(day);
    return new Stored(
        newest(store, UserReading.NAME, freshness).isPresent(),
        newest(store, ListingReading.NAME, freshness).isPresent());
  }

  /** The listing that a run has leaned on; empty where it is not stored any more. */
  static Optional<Library> listing(RawDay day) {
    return path(day, ListingReading.NAME).flatMap(RawObject::read).map(Library::of);
  }

  /**
   * What came of it.
   *
   * @param paths the stored objects, by name
   * @param requests how many it takes where nothing is to be repeated
   * @param report how the asking went
   */
  record Result(Library library, Map<String, String> paths, int requests, AskingReport report) {}

  /** For a list that may have words in it. */
  Result land(List<ListEntry> entries, Mine mine) throws InterruptedException {
    return land(entries, mine, true);
  }

  /** The same for one who only wants to know: nothing is stored. */
  Result look(List<ListEntry> entries, Mine mine) throws InterruptedException {
    return land(entries, mine, false);
  }

  private Result land(List<ListEntry> entries, Mine mine, boolean storing)
      throws InterruptedException {
    boolean me = isWanted(entries, ListEntry.ME);
    boolean liked = isWanted(entries, ListEntry.LIKED);
    UserReading user = liked || (me && mine == Mine.OWNED) ? new UserReading() : null;
    ListingReading listing = me ? new ListingReading() : null;
    List<Subject> toAsk = new ArrayList<>();
    Map<String, String> paths = new ConcurrentHashMap<>();
    long spentBefore = 0;
    for (Subject subject : new Subject[] {user, listing}) {
      if (subject == null) {
        continue;
      }
      Optional<Found> known = newest(store, subject.name(), freshness);
      // What an attempt of this very run asked that was cut short counts, whatever came of it.
      spentBefore +=
          store
              .find(own(day, subject.name()))
              .map(object -> object.attemptsSince(freshness.startedAt()))
              .orElse(0L);
      if (known.isPresent()) {
        known.get().object().attempts().forEach(attempt -> StoredAnswer.tell(subject, attempt));
        paths.put(subject.name(), known.get().path());
      } else {
        toAsk.add(subject);
      }
    }
    Asked asked =
        new Asked(source.settings().requestBudget(), AskingReport.afterRequests(spentBefore));
    ask(
        toAsk,
        asked,
        work -> {
          if (storing) {
            paths.put(work.subject().name(), keep(work));
          }
        });
    return new Result(
        Library.of(user, gap(user, toAsk, asked), listing, gap(listing, toAsk, asked)),
        Map.copyOf(paths),
        (toAsk.contains(user) ? 1 : 0)
            + (listing != null && toAsk.contains(listing) ? listing.pagesRead() : 0),
        asked.report(List.of()));
  }

  /** Whether a word is in the list. */
  static boolean isWanted(List<ListEntry> entries, String word) {
    return entries.stream().anyMatch(entry -> entry.isWord() && entry.given().equals(word));
  }

  private void ask(List<Subject> subjects, Asked asked, Consumer<SubjectWork> finished)
      throws InterruptedException {
    if (!subjects.isEmpty()) {
      source.refuseWithoutUser(asked);
      var unused = source.asking(asked).work(subjects, finished);
    }
  }

  private String keep(SubjectWork work) {
    Subject subject = work.subject();
    RawOutcome outcome = Objects.requireNonNull(subject.outcome());
    return store.write(own(day, subject.name()), work.draft(), outcome, subject.reason());
  }

  /** Why something was not told as a whole; what was never asked has a gap as well. */
  private static @Nullable Reason gap(@Nullable Subject subject, List<Subject> toAsk, Asked asked) {
    if (subject == null || !toAsk.contains(subject) || subject.outcome() == RawOutcome.COMPLETE) {
      return null;
    }
    return subject.reason() == null ? asked.stoppedBy() : subject.reason();
  }
}
