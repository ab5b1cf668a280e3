package dev.playlistlake.io.spotify.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Song;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlotJsonTest {
  private static final String PLAYLIST = "4nT7zK0q1uRtVwX2yZaBcA";
  private static final Instant NOW = Instant.parse("2026-11-20T06:00:00Z");

  /** As Spotify writes it, in either dialect: booleans stand where the other has objects. */
  private static final String SLOT =
      """
      {"added_at": "2019-02-03T08:30:05Z", "added_by": {"id": "mara.lindqvist"}, "is_local": false,
       "%s": {"type": "track", "id": "t1", "uri": "spotify:track:t1", "name": "Song",
         "track": true, "episode": false, "duration_ms": "212000", "explicit": true,
         "disc_number": 1.0, "track_number": 7, "popularity": null, "is_local": false,
         "external_ids": {"isrc": "DEA000000001"},
         "external_urls": {"spotify": "https://open.spotify.com/track/t1"},
         "artists": [{"id": "r1", "name": "One"}, {"id": null, "name": "Nobody"}, null],
         "album": {"id": "b1", "name": "Album", "album_type": "album", "total_tracks": 9,
           "release_date": "2021-02-03", "release_date_precision": "day",
           "images": [{"url": "i"}], "artists": [{"id": "r2", "name": "Two"}]}}}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"track", "item"})
  void readsATrackInBothDialects(String field) {
    PlaylistSlot slot = read(SLOT.formatted(field));
    assertThat(slot.unreadable(), is(false));
    assertThat(
        slot.seen().item(),
        is(
            new PlaylistItem(
                PLAYLIST,
                3,
                ItemType.TRACK,
                "t1",
                "spotify:track:t1",
                "Song",
                Instant.parse("2019-02-03T08:30:05Z"),
                "mara.lindqvist")));
    assertThat(
        slot.seen().song(),
        is(
            new Song(
                "t1",
                "Song",
                212_000,
                true,
                1,
                7,
                null,
                "DEA000000001",
                "b1",
                List.of(new ArtistRef("r1", "One"), new ArtistRef(null, "Nobody")),
                "https://open.spotify.com/track/t1",
                NOW)));
    Album album = Objects.requireNonNull(slot.seen().album());
    assertThat(album.releasedOn(), is(LocalDate.of(2021, 2, 3)));
    assertThat(album.imageUrl(), is("i"));
    assertThat(
        slot.seen().artists().stream().map(Artist::artistId).toList(), is(List.of("r1", "r2")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"track\": true, \"item\": {\"id\": \"t1\", \"type\": \"track\"}}",
        "{\"item\": {\"id\": \"t1\", \"type\": \"track\"}, \"track\": true}",
        "{\"item\": false, \"track\": {\"id\": \"t1\", \"type\": \"track\"}}",
        "{\"track\": null, \"item\": {\"id\": \"t1\"}}",
        "{\"track\": {\"id\": \"t1\", \"uri\": 7, \"name\": {}, \"album\": [], \"artists\": \"x\"}}",
        "{\"track\": {\"id\": \"t1\", \"uri\": \"spotify:track:t1\"}}",
        "{\"item\": {\"id\": \"t1\", \"type\": null, \"uri\": \"spotify:track:t1\"}}",
        "{\"track\": {\"id\": \"t1\", \"type\": \"\", \"uri\": \"no uri\"}}",
        "{\"track\": {\"id\": \"t1\", \"type\": \"track\", \"uri\": \"spotify:chapter:c1\"}}",
        "{\"added_at\": 7, \"added_by\": \"me\", \"is_local\": 0, \"track\": {\"id\": \"t1\"}}",
      })
  void aFieldOfAnotherTypeIsNoTrap(String json) {
    PlaylistSlot slot = read(json);
    assertThat(slot.seen().item().itemType(), is(ItemType.TRACK));
    assertThat(slot.seen().item().trackId(), is("t1"));
    assertThat(slot.unreadable(), is(false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "local   | {'is_local': true, 'track': {'id': null, 'uri': 'spotify:local:a:b:c:1'}}",
        "local   | {'is_local': true, 'item': {'uri': 'spotify:local:a:b:c:1'}}",
        "local   | {'track': {'id': null, 'is_local': true}}",
        "local   | {'track': {'id': 7, 'uri': 'spotify:local:::x:1'}}",
        "episode | {'track': {'id': 'e1', 'type': 'episode', 'uri': 'spotify:episode:e1'}}",
        "episode | {'item': {'id': 'e1', 'uri': 'spotify:episode:e1', 'track': false}}",
        "episode | {'track': {'id': 'e1', 'type': 'track', 'uri': 'spotify:episode:e1'}}",
        "other | {'track': {'id': 'c1', 'type': 'chapter', 'uri': 'spotify:chapter:c1'}}",
        "other | {'item': {'id': 'c1', 'type': 'chapter', 'name': 'One', 'track': false}}",
        "other | {'item': {'id': 'b1', 'type': 'audiobook', 'uri': 'spotify:show:b1'}}",
        "other | {'track': {'id': 's1', 'type': 'show', 'uri': 'spotify:show:s1'}}",
        "other | {'track': {'id': 'v1', 'type': 'a type of tomorrow', 'uri': 'spotify:track:v1'}}",
        "other | {'track': {'id': 'c1', 'uri': 'spotify:chapter:c1'}}",
        "other | {'item': {'id': 'b1', 'type': null, 'uri': 'spotify:audiobook:b1'}}",
        "other | {'item': {'id': 's1', 'type': '', 'uri': 'spotify:show:s1'}}",
        "other | {'item': {'id': 's1', 'type': 7, 'uri': 'spotify:show:s1'}}",
        "unavailable | {'track': {'id': null, 'type': 'chapter'}}",
        "unavailable | {'track': null}",
        "unavailable | {'item': null, 'track': null}",
        "unavailable | {'track': false, 'item': true}",
        "unavailable | {}",
        "unavailable | null",
        "unavailable | {'track': {'id': null, 'uri': null, 'name': null}}",
        "unavailable | {'track': {'id': ''}}",
        "unavailable | {'track': {}}",
      })
  void whatIsNoTrack(ItemType type, String json) {
    PlaylistSlot slot = read(json.replace('\'', '"'));
    assertThat(slot.seen().item().itemType(), is(type));
    assertThat(slot.seen().item().trackId(), is(nullValue()));
    assertThat(slot.seen().song(), is(nullValue()));
    assertThat(slot.seen().album(), is(nullValue()));
    assertThat(slot.seen().artists(), is(List.of()));
    assertThat(slot.unreadable(), is(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "\"a slot\"",
        "[]",
        "true",
        "{\"track\": \"t1\"}",
        "{\"item\": 7}",
        "{\"track\": [{\"id\": \"t1\"}]}",
        "{\"track\": {\"id\": 12345}}",
        "{\"track\": {\"id\": true}}",
        "{\"track\": {\"id\": {\"x\": 1}}}",
        "{\"track\": {\"id\": \"a,b\"}}",
        "{\"track\": {\"id\": \"../../run\"}}",
        "{\"track\": {\"id\": \"a b\"}}",
      })
  void whatCannotBeUsedIsUnavailableAndSaid(String json) {
    PlaylistSlot slot = read(json);
    assertThat(slot.seen().item().itemType(), is(ItemType.UNAVAILABLE));
    assertThat(slot.unreadable(), is(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a,b\"", "\"../x\"", "\"\"", "7", "null", "[]"})
  void anAlbumWithoutAUsableIdIsNone(String id) {
    PlaylistSlot slot = read("{\"track\": {\"id\": \"t1\", \"album\": {\"id\": " + id + "}}}");
    assertThat(slot.seen().item().itemType(), is(ItemType.TRACK));
    assertThat(slot.seen().album(), is(nullValue()));
    assertThat(Objects.requireNonNull(slot.seen().song()).albumId(), is(nullValue()));
  }

  @ParameterizedTest
  @CsvSource({"'\"\"',", "'\"Nina Ø. 1\"', Nina Ø. 1", "7,", "null,"})
  void whoAddedIt(String id, @Nullable String addedBy) {
    PlaylistSlot slot = read("{\"added_by\": {\"id\": " + id + "}, \"track\": {\"id\": \"t1\"}}");
    assertThat(slot.seen().item().addedBy(), is(addedBy));
  }

  @Test
  void namesAreKeptWhateverTheyHold() {
    String name = "🎧\u202e\u0000\u001b" + "é".repeat(5_000);
    PlaylistSlot slot =
        read(
            "{\"track\": {\"id\": \"t1\", \"name\": \""
                + name.replace("\0", "\\u0000").replace("\u001b", "\\u001b")
                + "\"}}");
    assertThat(slot.seen().item().itemName(), is(name));
    assertThat(slot.seen().song(), is(not(nullValue())));
  }

  private static PlaylistSlot read(String json) {
    try {
      return new SlotJson(PLAYLIST, NOW).read(new ObjectMapper().readTree(json), 3);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }
}
