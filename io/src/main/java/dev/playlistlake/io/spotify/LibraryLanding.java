package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawDay;
import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.RawOutcome;
import dev.playlistlake.io.lake.RawStore;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Gets what the words of a list mean: whose token it is and which playlists are in the library,
 * whichever of the two is needed, and stores the answers.
 */
final class LibraryLanding {
  private final SpotifySource source;
  private final RawStore store;
  private final Freshness freshness;

  LibraryLanding(SpotifySource source, RawDay day, Freshness freshness) {
    this.source = source;
    this.store = store(day);
    this.freshness = freshness;
  }

  /** Where the day's answers of this kind are. */
  static RawStore store(RawDay day) {
    return new RawStore(day, "library");
  }

  /**
   * What came of it.
   *
   * @param paths the stored objects, by name
   * @param report how the asking went
   */
  record Result(Library library, Map<String, String> paths, AskingReport report) {}

  /** For a list that may have words in it. */
  Result land(List<ListEntry> entries, Mine mine) throws InterruptedException {
    boolean me = isWanted(entries, ListEntry.ME);
    boolean liked = isWanted(entries, ListEntry.LIKED);
    List<Subject> toAsk = new ArrayList<>();
    Map<String, RawObject> stored = new TreeMap<>();
    long spentBefore = 0;
    for (Subject subject : wanted(liked || (me && mine == Mine.OWNED), me)) {
      Optional<RawObject> known = store.find(subject.name());
      spentBefore += known.map(object -> object.attemptsSince(freshness.startedAt())).orElse(0L);
      if (known.filter(freshness::isFinal).isPresent()) {
        stored.put(subject.name(), known.get());
      } else {
        toAsk.add(subject);
      }
    }
    Asked asked =
        new Asked(source.settings().requestBudget(), AskingReport.afterRequests(spentBefore));
    if (!toAsk.isEmpty()) {
      source.refuseWithoutUser(asked);
    }
    stored.putAll(ask(toAsk, asked));
    Map<String, String> paths = new TreeMap<>();
    stored.keySet().forEach(name -> paths.put(name, store.path(name)));
    return new Result(library(stored, toAsk, asked.stoppedBy()), paths, asked.report(List.of()));
  }

  private static boolean isWanted(List<ListEntry> entries, String word) {
    return entries.stream().anyMatch(entry -> entry.isWord() && entry.given().equals(word));
  }

  private static List<Subject> wanted(boolean user, boolean listing) {
    List<Subject> wanted = new ArrayList<>();
    if (user) {
      wanted.add(new UserReading());
    }
    if (listing) {
      wanted.add(new ListingReading());
    }
    return wanted;
  }

  private Map<String, RawObject> ask(List<Subject> subjects, Asked asked)
      throws InterruptedException {
    Map<String, RawObject> stored = new ConcurrentHashMap<>();
    var unused =
        source
            .asking(asked)
            .work(
                subjects,
                work -> {
                  Subject subject = work.subject();
                  RawOutcome outcome = Objects.requireNonNull(subject.outcome());
                  String path =
                      store.write(subject.name(), work.draft(), outcome, subject.reason());
                  stored.put(subject.name(), RawObject.readWhole(path));
                });
    return stored;
  }

  /** What was stored; what was wanted and never asked has a gap as well. */
  private static Library library(
      Map<String, RawObject> stored, List<Subject> toAsk, @Nullable Reason stoppedBy) {
    Map<String, RawObject> told = new TreeMap<>(stored);
    for (Subject subject : toAsk) {
      Reason why = stoppedBy == null ? subject.reason() : stoppedBy;
      if (why != null) {
        told.putIfAbsent(subject.name(), RawObject.absent(why));
      }
    }
    return Library.of(
        Optional.ofNullable(told.get(UserReading.NAME)),
        Optional.ofNullable(told.get(ListingReading.NAME)));
  }
}
