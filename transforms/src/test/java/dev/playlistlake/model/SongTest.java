package dev.playlistlake.model;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.schema.SongCodec;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SongTest {
  private static final ArtistRef ANN = new ArtistRef("a1", "Ann");
  private static final ArtistRef GUEST = new ArtistRef(null, "Guest");
  private static final ArtistRef NAMELESS = new ArtistRef("a2", null);

  @Test
  void namesKeepTheirOrderAndTheFirstArtistIsTheMainOne() {
    assertArtists("Ann", "a1", ANN);
    assertArtists("Ann, Guest, Ann", "a1", ANN, GUEST, ANN);
    assertArtists("Ann", "a2", NAMELESS, ANN);
  }

  /** The second artist is not made the main one. */
  @Test
  void theFirstArtistMayHaveNoId() {
    assertArtists("Guest, Ann", null, GUEST, ANN);
  }

  @Test
  void whatIsUnknownIsNull() {
    assertArtists(null, null);
    assertArtists(null, "a2", NAMELESS);
    assertArtists(null, "a2", NAMELESS, NAMELESS);
  }

  /** A row that an older version wrote gets them when it is written again. */
  @Test
  void rowsOfOlderFilesAreFilledWhenTheyAreWritten() {
    SongCodec codec = new SongCodec();
    GenericRecord old = codec.toRow(song(ANN, GUEST));
    old.put("artist_names", null);
    old.put("main_artist_id", null);
    GenericRecord rewritten = codec.toRow(codec.fromRow(old));
    assertThat(rewritten.get("artist_names"), is("Ann, Guest"));
    assertThat(rewritten.get("main_artist_id"), is("a1"));
  }

  private static void assertArtists(
      @Nullable String names, @Nullable String main, ArtistRef... artists) {
    GenericRecord row = new SongCodec().toRow(song(artists));
    assertThat(row.get("artist_names"), names == null ? nullValue() : is(names));
    assertThat(row.get("main_artist_id"), main == null ? nullValue() : is(main));
  }

  private static Song song(ArtistRef... artists) {
    List<ArtistRef> list = Arrays.asList(artists);
    return new Song("t1", "One", 1, false, 1, 1, null, null, null, list, null, null);
  }
}
