package dev.playlistlake.testing;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Song;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds rows for tests. */
public final class Rows {
  /** 2026-11-20 at noon, with microseconds. */
  public static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

  private Rows() {}

  public static PlaylistItem track(String playlistId, int position, String trackId) {
    return new PlaylistItem(
        playlistId,
        position,
        ItemType.TRACK,
        trackId,
        "spotify:track:" + trackId,
        "Song " + trackId,
        NOON,
        "somebody");
  }

  public static Song song(String id, String name, Instant fetchedAt, String... artistIds) {
    return new Song(
        id, name, 180_000, false, 1, 2, 50, "ISRC" + id, "album-" + id, refs(artistIds), null,
        fetchedAt);
  }

  public static Album album(String id, String name, Instant fetchedAt, String... artistIds) {
    return new Album(
        id, name, "album", "2021", "year", 2021, null, 10, refs(artistIds), null, null, fetchedAt,
        null, null, null, null);
  }

  public static Album detailed(
      Album base, @Nullable String label, @Nullable Integer popularity, @Nullable String upc) {
    return base.withDetails(label, popularity, upc, base.fetchedAt());
  }

  public static Artist artist(String id, String name, Instant fetchedAt) {
    return Artist.seen(id, name, null, fetchedAt);
  }

  public static Playlist playlist(String id, ReadStatus status, int items) {
    return new Playlist(
        id, "List " + id, null, "owner", "Owner", true, false, 7, "snap", items, items, null, null,
        status, NOON, NOON);
  }

  private static List<ArtistRef> refs(String... ids) {
    List<ArtistRef> refs = new ArrayList<>();
    for (String id : ids) {
      refs.add(new ArtistRef(id, "Artist " + id));
    }
    return refs;
  }
}
