package dev.playlistlake.transforms.catalog;

import static dev.playlistlake.testing.Rows.NOON;
import static dev.playlistlake.testing.Rows.album;
import static dev.playlistlake.testing.Rows.artist;
import static dev.playlistlake.testing.Rows.song;
import static dev.playlistlake.testing.Rows.track;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.transforms.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Both days' songs, albums and artists become the catalog of what today's items name. */
class ResolveCatalogTest {
  private static final Instant YESTERDAY = NOON.minus(Duration.ofDays(1));

  @RegisterExtension final BeamTest beam = new BeamTest();

  private final List<PlaylistItem> items = new ArrayList<>();
  private final Seen today = new Seen();
  private final Seen dayBefore = new Seen();

  /** Songs, albums and artists of one day. */
  private static final class Seen {
    private final List<Song> songs = new ArrayList<>();
    private final List<Album> albums = new ArrayList<>();
    private final List<Artist> artists = new ArrayList<>();
  }

  @Test
  void theDayBeforeFillsInWhatTodayDoesNotShow() {
    items.addAll(List.of(track("p", 0, "s1"), track("p", 1, "carried"), track("p", 2, "s1")));
    Song renamed = song("s1", "New title", NOON, "a1");
    Song carried = song("carried", "Carried", YESTERDAY, "a1", "a2");
    today.songs.addAll(List.of(renamed, renamed));
    dayBefore.songs.addAll(List.of(song("s1", "Old title", YESTERDAY, "a1"), carried));
    Album shown = album("album-s1", "Album", NOON, "a3");
    Album known = album("album-carried", "Known", YESTERDAY, "a1");
    today.albums.add(shown);
    dayBefore.albums.add(known);
    Artist one = artist("a1", "One", NOON);
    Artist two = artist("a2", "Two", YESTERDAY);
    Artist ofAlbum = artist("a3", "Of the album", NOON);
    today.artists.addAll(List.of(one, ofAlbum));
    dayBefore.artists.addAll(List.of(artist("a1", "Once", YESTERDAY), two));
    ResolvedCatalog catalog = resolved();
    PAssert.that(catalog.songs()).containsInAnyOrder(renamed, carried);
    PAssert.that(catalog.albums()).containsInAnyOrder(shown, known);
    PAssert.that(catalog.artists()).containsInAnyOrder(one, two, ofAlbum);
    beam.run();
  }

  @Test
  void whatNothingNamesIsDropped() {
    items.add(track("p", 0, "s1"));
    Song named = song("s1", "Named", NOON, "a1");
    today.songs.addAll(List.of(named, song("alone", "Alone", NOON, "alone")));
    dayBefore.songs.add(song("left", "Left the list", YESTERDAY, "left"));
    today.albums.add(album("album-alone", "Album", NOON, "alone"));
    dayBefore.albums.add(album("album-left", "Album", YESTERDAY, "left"));
    Artist artist = artist("a1", "One", NOON);
    today.artists.addAll(List.of(artist, artist("alone", "Alone", NOON)));
    dayBefore.artists.add(artist("left", "Left", YESTERDAY));
    ResolvedCatalog catalog = resolved();
    PAssert.that(catalog.songs()).containsInAnyOrder(named);
    PAssert.that(catalog.albums()).empty();
    PAssert.that(catalog.artists()).containsInAnyOrder(artist);
    beam.run();
  }

  private ResolvedCatalog resolved() {
    Sightings sightings =
        new Sightings(
            rows("songs", today.songs, Song.class).apply("songs today", PackSightings.ofSongs()),
            rows("albums", today.albums, Album.class)
                .apply("albums today", PackSightings.ofAlbums()),
            rows("artists", today.artists, Artist.class)
                .apply("artists today", PackSightings.ofArtists()));
    return new Snapshot(
            rows("playlists", List.of(), Playlist.class), rows("items", items, PlaylistItem.class))
        .apply(
            "resolve",
            ResolveCatalog.from(
                sightings,
                Catalog.of(
                    rows("songs before", dayBefore.songs, Song.class),
                    rows("albums before", dayBefore.albums, Album.class),
                    rows("artists before", dayBefore.artists, Artist.class))));
  }

  private <T> PCollection<T> rows(String name, List<T> rows, Class<T> type) {
    return beam.pipeline().apply(name, Create.of(rows).withType(TypeDescriptor.of(type)));
  }
}
