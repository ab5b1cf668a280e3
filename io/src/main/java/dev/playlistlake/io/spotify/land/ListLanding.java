package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawList;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.stored.LibraryList;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.PlaylistReplay;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.stored.StoredLibrary;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stores the list of a run and the responses for its playlists; a replay finds both stored.
 *
 * @param factory opens the connection to Spotify on the worker that fetches
 * @param users how user ids are stored
 * @param words what words of the list depend on
 */
record ListLanding(
    SpotifyConnection.Factory factory,
    RawDay day,
    RefreshPolicy refreshPolicy,
    UserIdPolicy users,
    LibrarySelection words)
    implements Serializable {

  /**
   * What words of the list depend on, besides Spotify's responses.
   *
   * @param mine which playlists the word {@code me} stands for
   * @param responsesBefore the responses of the published day before; null if there was none
   */
  record LibrarySelection(LibraryScope mine, @Nullable RawDay responsesBefore)
      implements Serializable {
    /** The list of the day before; empty if it is no longer stored. */
    List<ListEntry> listBefore() {
      return responsesBefore == null ? List.of() : RawList.find(responsesBefore).orElse(List.of());
    }
  }

  /**
   * The result.
   *
   * @param list with words replaced by the playlists that they stand for
   * @param landed one stored object per playlist; some share one
   * @param report how fetching went
   * @param leftLibrary how many playlists of the day before the library does not list any more
   */
  record Result(
      List<ListEntry> list, List<StoredResponseRef> landed, FetchReport report, int leftLibrary) {}

  /**
   * Lands the list and its playlists.
   *
   * @param entries in the order of the list
   * @param before the state of playlists on the day before, by id
   * @throws LakeException if storage fails
   */
  Result land(List<ListEntry> entries, Map<String, PreviousPlaylist> before)
      throws InterruptedException, IOException {
    if (day.isReplay()) {
      List<ListEntry> list = shown(entries);
      return new Result(
          list,
          new PlaylistReplay(day, users.open()).find(entries, before),
          FetchReport.start(),
          StoredLibrary.listing(day)
              .map(library -> leftLibrary(list, before, library.listed().keySet()))
              .orElse(0));
    }
    // Opened here, not in a set-up method: this runs once per run, and nothing else fetches.
    try (SpotifyConnection source = factory.open()) {
      LibraryLanding.Result library =
          new LibraryLanding(source, day, refreshPolicy)
              .land(entries, words.mine(), LibraryList.meant(before, words.listBefore()));
      PlaylistLanding landing = new PlaylistLanding(source, day, refreshPolicy, before);
      List<ListEntry> list = landing.listed(shown(withoutWords(entries, library, before)), library);
      if (library.report().isAuthorised()) {
        // Otherwise a list without its words would be the day's newest, for replays.
        RawList.write(day, list);
      }
      PlaylistLanding.Result result = landing.land(list, library);
      int left =
          StoredLibrary.isWanted(entries, ListEntry.ME)
              ? leftLibrary(list, before, library.library().listed().keySet())
              : 0;
      return new Result(list, result.landed(), result.report(), left);
    }
  }

  /**
   * How many playlists of the day before the library does not list any more. Of a list that a user
   * has written, and of a narrower {@code --mine}, nothing leaves unless the user wants it.
   */
  private int leftLibrary(
      List<ListEntry> list, Map<String, PreviousPlaylist> before, Set<String> listed) {
    Set<String> left = new HashSet<>(LibraryList.fromLibrary(words.listBefore()));
    left.retainAll(before.keySet());
    left.removeAll(LibraryList.ids(list));
    left.removeAll(listed);
    return left.size();
  }

  private List<ListEntry> withoutWords(
      List<ListEntry> entries,
      LibraryLanding.Result library,
      Map<String, PreviousPlaylist> before) {
    if (!library.report().isAuthorised()) {
      return entries.stream().filter(entry -> !entry.isWord()).toList();
    } else if (entries.stream().noneMatch(ListEntry::isWord)) {
      return entries;
    }
    return LibraryList.resolve(entries, library.library(), words.mine(), before, words.listBefore())
        .stream()
        .filter(entry -> !entry.isWord())
        .toList();
  }

  /** Liked Songs may have been stored under their user's own id. */
  private List<ListEntry> shown(List<ListEntry> list) {
    return users.open().shownList(list);
  }
}
