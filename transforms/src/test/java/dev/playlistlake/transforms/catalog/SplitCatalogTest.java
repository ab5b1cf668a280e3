package dev.playlistlake.transforms.catalog;

import static dev.playlistlake.testing.Rows.NOON;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.testing.Rows;
import dev.playlistlake.transforms.Batches;
import dev.playlistlake.transforms.BundleBufferFn;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SplitCatalogTest {
  @Test
  void splittingLosesAndAddsNothing() {
    Artist artist = Rows.artist("a1", "One", NOON);
    Song song = Rows.song("s1", "Song", NOON, "a1");
    Album album = Rows.album("al", "Album", NOON, "a1");
    PlaylistItem local =
        new PlaylistItem("p", 1, ItemType.LOCAL, null, "spotify:local:x", "x", null, null);
    List<Song> songs = new ArrayList<>();
    List<Album> albums = new ArrayList<>();
    List<Artist> artists = new ArrayList<>();
    SplitCatalog.Out out =
        new SplitCatalog.Out(
            batch -> Batches.forEach(batch.getValue(), RowFormat.of(new SongCodec()), songs::add),
            batch -> Batches.forEach(batch.getValue(), RowFormat.of(new AlbumCodec()), albums::add),
            batch ->
                Batches.forEach(batch.getValue(), RowFormat.of(new ArtistCodec()), artists::add));
    SplitCatalog split = new SplitCatalog();
    split.add(new SeenItem(Rows.track("p", 0, "s1"), song, album, List.of(artist, artist)), out);
    split.add(new SeenItem(local, null, null, List.of()), out);
    assertThat("what is little waits", songs.size() + albums.size() + artists.size(), is(0));
    split.flush(out);
    split.flush(out);
    assertThat(songs, is(List.of(song)));
    assertThat(albums, is(List.of(album)));
    assertThat("the same twice is one", artists, is(List.of(artist)));
  }

  @Test
  void splittingGivesAwayWhatBecomesTooMuchToHold() {
    List<String> ids = new ArrayList<>();
    SplitCatalog.Out out =
        new SplitCatalog.Out(
            batch ->
                Batches.forEach(
                    batch.getValue(),
                    RowFormat.of(new SongCodec()),
                    song -> ids.add(song.trackId())),
            albums -> {},
            artists -> {});
    SplitCatalog split = new SplitCatalog();
    int many = BundleBufferFn.MOST_HELD + 1;
    for (int i = 0; i < many; i++) {
      Song song = Rows.song("s" + i, "Song", NOON);
      split.add(new SeenItem(Rows.track("p", i, "s" + i), song, null, List.of()), out);
    }
    assertThat(ids.size(), is(BundleBufferFn.MOST_HELD));
    split.flush(out);
    assertThat(ids.size(), is(many));
    assertThat(ids.stream().distinct().count(), is((long) many));
  }
}
