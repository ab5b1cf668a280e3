package dev.playlistlake.io.spotify.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaylistJsonTest {
  private static final Instant NOW = Instant.parse("2026-11-20T06:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "7",
        "true",
        "\"playlist\"",
        "[]",
        "[{\"id\": \"x\"}]",
        "{}",
        "{\"id\": null, \"name\": null}",
        "{\"id\": 7}",
        "{\"error\": {\"status\": 200}}",
        "{\"id\": \"x\"",
        "{\"id\": \"x\"}}",
        "{\"id\": \"x\"} {}",
        "<html><body>Bad gateway</body></html>",
        "{\"id\": \"x\", \"tracks\": 7}",
        "{\"id\": \"x\", \"tracks\": []}",
        "{\"id\": \"x\", \"items\": \"many\"}",
        "{\"id\": \"x\", \"tracks\": {}}",
        "{\"id\": \"x\", \"tracks\": {\"items\": null, \"total\": 3}}",
        "{\"id\": \"x\", \"tracks\": {\"items\": {}, \"total\": 3}}",
        "{\"id\": \"x\", \"tracks\": {\"items\": [], \"next\": \"more\"}}",
        "{\"id\": \"x\", \"tracks\": {\"items\": [], \"total\": 2147483647}}",
      })
  void whatIsNoPlaylist(String body) {
    for (boolean withSlots : new boolean[] {true, false}) {
      assertThrows(
          MalformedResponseException.class,
          () -> new PlaylistJson("p", withSlots).readFirst(body, NOW));
    }
  }

  @Test
  void whatIsNestedWithoutEndIsNoPlaylist() {
    String body = "{\"id\": \"x\", \"owner\": " + "[".repeat(100_000);
    assertThrows(
        MalformedResponseException.class, () -> new PlaylistJson("p", true).readFirst(body, NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "'\"7\"', 7",
    "7.0, 7",
    "null, 3",
    "'\"many\"', 3",
    "-1, 3",
    "[], 3",
    "1, 1",
    "0, 0"
  })
  void aTotalOfAnyForm(String total, int read) throws Exception {
    String body =
        "{\"id\": \"x\", \"tracks\": {\"items\": [null, {}, 7], \"total\": " + total + "}}";
    PlaylistJson.First first = new PlaylistJson("p", true).readFirst(body, NOW);
    Page page = Objects.requireNonNull(first.page());
    assertThat(page.total(), is(read));
    assertThat(page.count(), is(3));
    assertThat(page.slots(), hasSize(3));
  }

  @Test
  void metadataOfOddTypesIsNull() throws Exception {
    String body =
        """
        {"id": 1, "name": ["x"], "description": {}, "public": "yes", "collaborative": 0,
         "owner": "me", "followers": [], "snapshot_id": "s", "images": {}, "external_urls": 7}
        """;
    PlaylistJson.First first = new PlaylistJson("p", true).readFirst(body, NOW);
    assertThat(first.page(), is(nullValue()));
    assertThat(first.route(), is(nullValue()));
    assertThat(first.playlist().playlistId(), is("p"));
    assertThat(first.playlist().name(), is(nullValue()));
    assertThat(first.playlist().followers(), is(nullValue()));
    assertThat(first.playlist().snapshotId(), is("s"));
  }

  @ParameterizedTest
  @CsvSource({"tracks, items, TRACKS", "items, tracks, ITEMS"})
  void theDialectIsTheFieldThatHoldsAnObject(String field, String other, ItemsRoute route)
      throws Exception {
    String body =
        "{\"id\": \"x\", \"%s\": null, \"%s\": {\"items\": [], \"total\": 0}, \"%s\": null}"
            .formatted(other, field, other);
    assertThat(new PlaylistJson("p", true).readFirst(body, NOW).route(), is(route));
  }

  /** Slots that have the fields of both dialects, or one of them twice. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a | {'track': {'id': 'a'}, 'item': {'id': 'b'}}",
        "a | {'item': {'id': 'b'}, 'track': {'id': 'a'}}",
        "a | {'item': {'id': 'a'}, 'track': true}",
        "a | {'track': {'id': 'b'}, 'track': {'id': 'a'}}",
        "a | {'track': {'id': 'b'}, 'item': {'id': 'a'}, 'track': null}",
        "a | {'track': {'id': 'b'}, 'track': false, 'item': {'id': 'a'}}",
      })
  void theRowAndBothFingerprintsAreOfTheSameItem(String id, String slot) throws Exception {
    Page plain = read("{'track': {'id': '" + id + "'}}", false);
    Page counted = read(slot, false);
    Page read = read(slot, true);
    assertThat(read.slots().get(0).seen().item().trackId(), is(id));
    assertThat(read.prints(), is(plain.prints()));
    assertThat(counted.prints(), is(plain.prints()));
  }

  private static Page read(String slot, boolean withSlots) throws Exception {
    String body = "{\"total\": 1, \"items\": [" + slot.replace('\'', '"') + "]}";
    return new PlaylistJson("p", withSlots).readPage(body, 0, NOW);
  }

  @Test
  void countingAndReadingSeeTheSame() throws Exception {
    String body =
        """
        {"items": [null, 7, {"track": {"id": "a", "x": [1, {"id": "y"}]}, "added_at": "t"},
          {"track": true, "item": {"uri": "u", "album": {"id": "no", "uri": "no"}}}], "total": 4}
        """;
    Page counted = new PlaylistJson("p", false).readPage(body, 0, NOW);
    Page read = new PlaylistJson("p", true).readPage(body, 0, NOW);
    assertThat(counted.prints(), is(read.prints()));
    assertThat(counted.count(), is(read.count()));
    assertThat(counted.slots(), hasSize(0));
  }
}
