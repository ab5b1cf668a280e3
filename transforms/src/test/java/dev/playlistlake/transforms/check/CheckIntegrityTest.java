package dev.playlistlake.transforms.check;

import static dev.playlistlake.testing.Rows.NOON;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.run.IntegrityClaim;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.DayRows;
import dev.playlistlake.testing.Rows;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.values.PCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A sound day passes; each invariant broken on purpose is found. */
class CheckIntegrityTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  private final DayRows day = DayRows.sound();

  @Test
  void aSoundDayHasNoViolation() {
    PAssert.that(violations()).empty();
    beam.run();
  }

  @Test
  void i1TwoRowsOfOneKey() {
    day.songs.add(Rows.song("s1", "Song again", NOON, "a1"));
    expect("I1: song s1 has 2 rows");
  }

  @Test
  void i1TwoPlaylistRows() {
    day.playlists.add(Rows.playlist("p1", ReadStatus.READ, 2));
    expect("I1: playlist p1 has 2 rows");
  }

  @Test
  void i1TwoItemsAtOnePosition() {
    day.items.set(1, Rows.track("p1", 0, "s1"));
    expect(
        "I1: playlist p1 has two items at one position",
        "I3: playlist p1 says 2 items, but holds 1");
  }

  @Test
  void i1TwoRejectedRowsOfOneKey() {
    day.rejections.add(Rejection.ofPlaylist("p2", Reason.TIMEOUT));
    expect("I1: rejected row PLAYLISTS|PLAYLIST|p2|p2|null has 2 rows");
  }

  @Test
  void i2AnItemWithoutSong() {
    day.songs.clear();
    day.albums.clear();
    day.artists.clear();
    expect("I2: song s1 is named, but has no row");
  }

  @Test
  void i2ASongWithoutAlbum() {
    day.albums.clear();
    expect("I2: album album-s1 is named, but has no row");
  }

  @Test
  void i2AnAlbumWithoutArtist() {
    day.artists.remove(1);
    expect("I2: artist a2 is named, but has no row");
  }

  @Test
  void i2ItemsWithoutPlaylist() {
    day.items.add(Rows.track("p9", 0, "s1"));
    expect("I2: playlist p9 is named, but has no row");
  }

  @Test
  void i3AMissingPosition() {
    day.items.remove(0);
    expect("I3: playlist p1 says 2 items, but holds 1", "I3: playlist p1 counts 2 items of 1");
  }

  @Test
  void i3HolesAreAllowedInIncompletePlaylistsButNotWrongCounts() {
    day.playlists.set(0, Rows.playlist("p1", ReadStatus.INCOMPLETE, 1));
    day.items.remove(0);
    PAssert.that(violations()).empty();
    beam.run();
  }

  @Test
  void i4AListedPlaylistThatIsNowhere() {
    day.rejections.clear();
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
    return day.tables(beam.pipeline())
        .apply("check", CheckIntegrity.against(day.list(beam.pipeline())));
  }
}
