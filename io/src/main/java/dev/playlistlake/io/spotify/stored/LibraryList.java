package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.api.SpotifyIds;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list with its words replaced by the playlists that they stand for (decision 24). A playlist
 * that was listed the day before but is missing from the listing stays for one day and is fetched:
 * listings omit playlists for a while. If it is missing the next day too, it leaves the list.
 */
public final class LibraryList {
  /** Stands in the stored list instead of {@code me} for a playlist that is kept for a day. */
  static final String OMITTED = "me, but not in the listing";

  private static final int MOST_SHOWN = 64;

  private final Library library;
  private final LibraryScope mine;
  private final List<ListEntry> entries = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  private LibraryList(Library library, LibraryScope mine) {
    this.library = library;
    this.mine = mine;
  }

  /**
   * Resolves the list of a run.
   *
   * @param given as the user gives it
   * @param before the state of playlists on the day before, by id
   * @param listBefore the list of that day; empty if it is no longer stored
   */
  public static List<ListEntry> resolve(
      List<ListEntry> given,
      Library library,
      LibraryScope mine,
      Map<String, PreviousPlaylist> before,
      List<ListEntry> listBefore) {
    LibraryList list = new LibraryList(library, mine);
    for (ListEntry entry : given) {
      if (!entry.isWord()) {
        list.add(entry.given(), entry.playlistId(), entry.reason());
      } else if (entry.given().equals(ListEntry.LIKED)) {
        list.addLiked(before);
      } else {
        list.addMine(before, listBefore);
      }
    }
    return list.entries;
  }

  /** Which playlists of the day before the listing contained then. */
  static List<String> listed(Map<String, PreviousPlaylist> before, List<ListEntry> listBefore) {
    return listBefore.isEmpty()
        ? before.keySet().stream().filter(id -> !LikedSongs.isId(id)).sorted().toList()
        : of(ListEntry.ME, before, listBefore);
  }

  /** The playlists of a list, without duplicates. */
  public static List<String> ids(List<ListEntry> list) {
    return list.stream().map(ListEntry::playlistId).filter(Objects::nonNull).distinct().toList();
  }

  private static List<String> of(
      String given, Map<String, PreviousPlaylist> before, List<ListEntry> listBefore) {
    List<String> ids = new ArrayList<>();
    for (ListEntry entry : listBefore) {
      String id = entry.playlistId();
      if (id != null && entry.given().equals(given) && before.containsKey(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** What {@code me} stood for on the day before, including playlists without a row. */
  public static List<String> meant(
      Map<String, PreviousPlaylist> before, List<ListEntry> listBefore) {
    return listBefore.isEmpty()
        ? listed(before, listBefore)
        : ids(listBefore.stream().filter(entry -> entry.given().equals(ListEntry.ME)).toList());
  }

  /** The playlists of a list that the library's listing gave, or gave the day before. */
  public static Set<String> fromLibrary(List<ListEntry> list) {
    return list.stream()
        .filter(entry -> entry.given().equals(ListEntry.ME) || entry.given().equals(OMITTED))
        .map(ListEntry::playlistId)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static boolean isStale(@Nullable PreviousPlaylist before) {
    return before != null && ReadStatus.STALE.equals(before.status());
  }

  private void add(String given, @Nullable String playlistId, @Nullable Reason reason) {
    if (playlistId != null && !mayBeAskedFor(playlistId)) {
      // From a day before that another program wrote.
      addInvalid(given, playlistId);
    } else if (playlistId == null || known.add(playlistId)) {
      entries.add(new ListEntry(entries.size(), given, playlistId, reason, false));
    }
  }

  private static boolean mayBeAskedFor(String playlistId) {
    return LikedSongs.isId(playlistId)
        ? RawStore.canName(playlistId)
        : SpotifyIds.mayBeId(playlistId);
  }

  private void addInvalid(String given, String id) {
    String shown = id.length() > MOST_SHOWN ? id.substring(0, MOST_SHOWN) + "..." : id;
    entries.add(
        new ListEntry(entries.size(), given + ": '" + shown + "'", null, Reason.INVALID_ID, false));
  }

  /** One entry per kind: these are not data, but something is missing. */
  private void addWithoutId(String kind) {
    String given = ListEntry.ME + ": " + kind;
    if (entries.stream().noneMatch(entry -> entry.given().equals(given))) {
      entries.add(
          new ListEntry(entries.size(), given, null, Reason.NOT_READABLE_BY_THIS_APP, false));
    }
  }

  private void addLiked(Map<String, PreviousPlaylist> before) {
    String userId = library.userId();
    if (userId != null) {
      add(ListEntry.LIKED, LikedSongs.id(userId), null);
      return;
    }
    // Today's user is unknown, but a lake belongs to one user.
    List<String> yesterdays = before.keySet().stream().filter(LikedSongs::isId).sorted().toList();
    yesterdays.forEach(id -> add(ListEntry.LIKED, id, null));
    if (yesterdays.isEmpty()) {
      add(ListEntry.LIKED, null, library.userGap());
    }
  }

  private void addMine(Map<String, PreviousPlaylist> before, List<ListEntry> listBefore) {
    Reason gap = library.listingGap();
    if (gap == null && mine == LibraryScope.OWNED && library.userId() == null) {
      gap = library.userGap();
    }
    for (PlaylistJson.First listed : library.listed().values()) {
      // Without an owner nothing says that it is somebody else's.
      String owner = listed.playlist().ownerId();
      boolean owned = owner == null || owner.equals(library.userId());
      if (owned || mine == LibraryScope.ALL) {
        add(ListEntry.ME, listed.playlist().playlistId(), null);
      }
    }
    for (String id : library.invalidIds()) {
      if (id.equals(Library.NULL_ENTRY) || id.equals(Library.ENTRY_WITHOUT_ID)) {
        addWithoutId(id);
      } else {
        addInvalid(ListEntry.ME, id);
      }
    }
    for (String playlistId : listed(before, listBefore)) {
      if (gap != null) {
        add(ListEntry.ME, playlistId, null);
      } else if (!library.listed().containsKey(playlistId)) {
        add(OMITTED, playlistId, null);
      }
    }
    for (String playlistId : of(OMITTED, before, listBefore)) {
      // Unknown yesterday and today: it still has to be fetched.
      boolean open = gap != null || isStale(before.get(playlistId));
      if (open && !library.listed().containsKey(playlistId)) {
        add(OMITTED, playlistId, null);
      }
    }
    if (gap != null) {
      add(ListEntry.ME, null, gap);
    }
  }
}
