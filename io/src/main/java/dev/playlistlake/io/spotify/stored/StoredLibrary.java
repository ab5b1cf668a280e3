package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.reading.CurrentUserFetch;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.LibraryFetch;
import dev.playlistlake.model.ListEntry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the day has stored of a user's library. */
public final class StoredLibrary {
  private StoredLibrary() {}

  public static RawStore store(RawDay day) {
    return new RawStore(day, "library");
  }

  /** A run's own object: other runs of the day may use a different one. */
  public static String own(RawDay day, String name) {
    return day.runId() + "-" + name;
  }

  /** The object that a run used: its own, else the newest final one before it, else none. */
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

  static Stream<String> newestFirst(RawStore store, String name) {
    return store.names().stream()
        .filter(object -> object.endsWith("-" + name))
        .sorted(Comparator.reverseOrder());
  }

  public record Found(String path, RawObject object) {}

  /** The newest object that makes another fetch unnecessary. */
  public static Optional<Found> newest(RawStore store, String name, RefreshPolicy refreshPolicy) {
    return newestFirst(store, name)
        .map(object -> store.read(object).map(read -> new Found(store.path(object), read)))
        .flatMap(Optional::stream)
        .filter(found -> refreshPolicy.isFinal(found.object()))
        .findFirst();
  }

  /** Which of the two need not be fetched again. */
  public record Stored(boolean user, boolean listing) {}

  public static Stored stored(RawDay day, RefreshPolicy refreshPolicy) {
    RawStore store = store(day);
    return new Stored(
        newest(store, CurrentUserFetch.NAME, refreshPolicy).isPresent(),
        newest(store, LibraryFetch.NAME, refreshPolicy).isPresent());
  }

  /** The listing that a run used; empty if it is no longer stored. */
  public static Optional<Library> listing(RawDay day) {
    return path(day, LibraryFetch.NAME).flatMap(RawObject::read).map(Library::of);
  }

  /** Whether a word is in the list. */
  public static boolean isWanted(List<ListEntry> entries, String word) {
    return entries.stream().anyMatch(entry -> entry.isWord() && entry.given().equals(word));
  }
}
