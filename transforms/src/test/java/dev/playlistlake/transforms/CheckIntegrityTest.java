package dev.playlistlake.transforms;

import static dev.playlistlake.testing.Rows.NOON;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.IntegrityClaim;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Song;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sound day passes; each invariant broken on purpose is found. */
class CheckIntegrityTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  private final List<ListEntry> list = new ArrayList<>();
  private final List<Playlist> playlists = new ArrayList<>();
  private final List<PlaylistItem> items = new ArrayList<>();
  private final List<Song> songs = new ArrayList<>();
  private final List<Album> albums = new ArrayList<>();
  private final List<Artist> artists = new ArrayList<>();
  private final List<Rejection> rejections = new ArrayList<>();

  @BeforeEach
  void aSoundDay() {
    list.add(new ListEntry(0, "p1", "p1"));
    list.add(new ListEntry(1, "p2", "p2"));
    list.add(new ListEntry(2, "nonsense", null));
    playlists.add(Rows.playlist("p1", ReadStatus.READ, 2));
    items.add(Rows.track("p1", 0, "s1"));
    items.add(Rows.track("p1", 1, "s1"));
    songs.add(Rows.song("s1", "Song", NOON, "a1"));
    albums.add(Rows.album("album-s1", "Album", NOON, "a2"));
    artists.add(Rows.artist("a1", "One", NOON));
    artists.add(Rows.artist("a2", "Two", NOON));
    rejections.add(Rejection.ofPlaylist("p2", Reason.NOT_FOUND));
  }

  @Test
  void aSoundDayHasNoViolation() {
    PAssert.that(violations()).empty();
    beam.run();
  }

  @Test
  void i1TwoRowsOfOneKey() {
    songs.add(Rows.song("s1", "Song again", NOON, "a1"));
    expect("I1: song s1 has 2 rows");
  }

  @Test
  void i1TwoPlaylistRows() {
    playlists.add(Rows.playlist("p1", ReadStatus.READ, 2));
    expect("I1: playlist p1 has 2 rows");
  }

  @Test
  void i1TwoItemsAtOnePosition() {
    items.set(1, Rows.track("p1", 0, "s1"));
    expect(
        "I1: playlist p1 has two items at one position",
        "I3: playlist p1 says 2 items, but holds 1");
  }

  @Test
  void i1TwoRejectedRowsOfOneKey() {
    rejections.add(Rejection.ofPlaylist("p2", Reason.TIMEOUT));
    expect("I1: rejected row PLAYLISTS|PLAYLIST|p2|p2|null has 2 rows");
  }

  @Test
  void i2AnItemWithoutSong() {
    songs.clear();
    albums.clear();
    artists.clear();
    expect("I2: song s1 is named, but has no row");
  }

  @Test
  void i2ASongWithoutAlbum() {
    albums.clear();
    expect("I2: album album-s1 is named, but has no row");
  }

  @Test
  void i2AnAlbumWithoutArtist() {
    artists.remove(1);
    expect("I2: artist a2 is named, but has no row");
  }

  @Test
  void i2ItemsWithoutPlaylist() {
    items.add(Rows.track("p9", 0, "s1"));
    expect("I2: playlist p9 is named, but has no row");
  }

  @Test
  void i3AMissingPosition() {
    items.remove(0);
    expect("I3: playlist p1 says 2 items, but holds 1", "I3: playlist p1 counts 2 items of 1");
  }

  @Test
  void i3HolesAreAllowedInIncompletePlaylistsButNotWrongCounts() {
    playlists.set(0, Rows.playlist("p1", ReadStatus.INCOMPLETE, 1));
    items.remove(0);
    PAssert.that(violations()).empty();
    beam.run();
  }

  @Test
  void i4AListedPlaylistThatIsNowhere() {
    rejections.clear();
    expect("I4: playlist p2 is listed, but has no row and no rejected row");
  }

  @Test
  void violationsNameTheirInvariant() {
    assertThat(CheckIntegrity.violations(List.of()), empty());
    assertThat(
        CheckIntegrity.violations(
            List.of(new IntegrityClaim(IntegrityClaim.Kind.ARTIST_NAMED, "a", 0))),
        contains(startsWith("I2: artist a ")));
  }

  private void expect(String... violations) {
    PAssert.that(violations()).containsInAnyOrder(violations);
    beam.run();
  }

  private PCollection<String> violations() {
    return PCollectionList.of(
            beam.pipeline()
                .apply("list", Create.of(list).withCoder(SerializableCoder.of(ListEntry.class)))
                .apply("c1", ClaimRows.ofList()))
        .and(rows("playlists", playlists, Playlist.class).apply("c2", ClaimRows.ofPlaylists()))
        .and(rows("items", items, PlaylistItem.class).apply("c3", ClaimRows.ofItems()))
        .and(rows("songs", songs, Song.class).apply("c4", ClaimRows.ofSongs()))
        .and(rows("albums", albums, Album.class).apply("c5", ClaimRows.ofAlbums()))
        .and(rows("artists", artists, Artist.class).apply("c6", ClaimRows.ofArtists()))
        .and(rows("rejections", rejections, Rejection.class).apply("c7", ClaimRows.ofRejections()))
        .apply("all", Flatten.pCollections())
        .apply("spread", CheckIntegrity.spread())
        .apply("check", CheckIntegrity.create());
  }

  private <T> PCollection<T> rows(String name, List<T> rows, Class<T> type) {
    return beam.pipeline().apply(name, Create.of(rows).withType(TypeDescriptor.of(type)));
  }
}
