package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.LakeRows;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawList;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import dev.playlistlake.io.spotify.api.Page;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.stored.LibraryList;
import dev.playlistlake.io.spotify.stored.StoredDetails;
import dev.playlistlake.io.spotify.stored.StoredLibrary;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.run.PreviousPlaylist;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RejectionCodec;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a forecast needs of the newest published day before the run. Without such a day everything
 * is empty. Items, songs, albums and artists are not held: {@link NamedCatalog} reads them.
 */
final class PreviousDay {
  private final @Nullable LakeLayout layout;
  private final Map<String, Playlist> rows = new HashMap<>();
  private final Map<String, PreviousPlaylist> playlists = new HashMap<>();
  private final Map<String, Reason> rejections = new HashMap<>();
  private boolean batchesRefused;

  private PreviousDay(@Nullable LakeLayout layout) {
    this.layout = layout;
  }

  /**
   * Reads tables {@code playlist}, {@code rejected} and {@code run}; {@code playlist_item} only for
   * Liked Songs.
   *
   * @param layout null if there is no such day
   */
  static PreviousDay load(@Nullable LakeLayout layout) {
    PreviousDay day = new PreviousDay(layout);
    if (layout != null) {
      day.read(layout);
    }
    return day;
  }

  private void read(LakeLayout from) {
    LakeRows.forEach(
        new PlaylistCodec(),
        from,
        row -> {
          rows.put(row.playlistId(), row);
          playlists.put(row.playlistId(), PreviousPlaylist.of(row));
        });
    LakeRows.forEach(
        new RejectionCodec(),
        from,
        rejection -> {
          if (rejection.stage() == Stage.PLAYLISTS && rejection.playlistId() != null) {
            rejections.put(rejection.playlistId(), rejection.reason());
          }
        });
    if (rows.keySet().stream().anyMatch(LikedSongs::isId)) {
      LakeRows.forEach(new PlaylistItemCodec(), from, this::addLikedVersion);
    }
    batchesRefused = RunRows.read(from).missingCapabilities().contains(StoredDetails.BATCH);
  }

  /** Liked Songs have no {@code snapshot_id}: their version is when the newest item was added. */
  private void addLikedVersion(PlaylistItem item) {
    Instant added = item.addedAt();
    if (added != null && LikedSongs.isId(item.playlistId())) {
      String version = LikedSongs.version(added);
      playlists.computeIfPresent(
          item.playlistId(),
          (id, liked) ->
              liked.version() != null && Instant.parse(liked.version()).isAfter(added)
                  ? liked
                  : liked.withVersion(version));
    }
  }

  @Nullable LakeLayout layout() {
    return layout;
  }

  /** The state of each playlist, by id. */
  Map<String, PreviousPlaylist> playlists() {
    return playlists;
  }

  /** The row of table {@code playlist}; null if there is none. */
  @Nullable Playlist row(String playlistId) {
    return rows.get(playlistId);
  }

  /** The reason in table {@code rejected}; null if the playlist is not there. */
  @Nullable Reason rejection(String playlistId) {
    return rejections.get(playlistId);
  }

  /** Whether that day's run row says that the app lacks batch access. */
  boolean batchesRefused() {
    return batchesRefused;
  }

  /** That run's resolved list; empty if it is not stored any more. */
  List<ListEntry> list() {
    return layout == null ? List.of() : RawList.find(RawDay.of(layout)).orElse(List.of());
  }

  /**
   * The playlist ids that a word of the list stood for.
   *
   * @param word {@code me} or {@code liked}; unknown Liked Songs get an id without a user
   */
  List<String> resolve(String word) {
    if (word.equals(ListEntry.ME)) {
      return LibraryList.meant(playlists, list());
    }
    List<String> liked = rows.keySet().stream().filter(LikedSongs::isId).sorted().toList();
    return liked.isEmpty() ? List.of(LikedSongs.id("")) : liked;
  }

  /** How many playlists the library listing had; an estimate if the listing is not stored. */
  int listedPlaylists() {
    return layout == null
        ? 0
        : StoredLibrary.listing(RawDay.of(layout))
            .map(listing -> listing.listed().size())
            .orElseGet(() -> resolve(ListEntry.ME).size());
  }

  /** The library listing, rebuilt from rows: playlists without a row are missing. */
  Library library() {
    Map<String, PlaylistJson.First> listed = new LinkedHashMap<>();
    for (String playlistId : resolve(ListEntry.ME)) {
      Playlist row = rows.get(playlistId);
      if (row != null) {
        Integer total = row.totalCount();
        Page page =
            ReadStatus.METADATA_ONLY.equals(row.readStatus()) || total == null
                ? null
                : Page.of(total, 0);
        listed.put(
            playlistId,
            new PlaylistJson.First(
                row, page == null ? null : ItemsRoute.TRACKS, page, row.snapshotId()));
      }
    }
    return new Library(null, null, listed, List.of(), null);
  }
}
