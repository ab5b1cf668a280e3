package dev.playlistlake.io.spotify.parse;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.spotify.api.CatalogJson;
import dev.playlistlake.io.spotify.api.DetailJson;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Page;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.testing.RealData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Real answers of the endpoints that we ask: each parses, and what it holds arrives. The expected
 * values are read from the same JSON by another way: field by field, no mapper of ours.
 */
@SuppressWarnings("NullAway") // a null fails the test
class RecordedAnswersTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Instant AT = Instant.parse("2026-11-20T06:00:00Z");

  private static JsonNode body(Path file) throws IOException {
    JsonNode root = MAPPER.readTree(file.toFile());
    return root.has("request") && root.has("body") ? root.get("body") : root;
  }

  /** Tests of at least so many answers: a filter that matches nothing would test nothing. */
  private static Stream<DynamicTest> atLeast(int least, Stream<DynamicTest> tests) {
    List<DynamicTest> all = tests.toList();
    assertThat(all.size(), greaterThanOrEqualTo(least));
    return all.stream();
  }

  private static Stream<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(RealData.path("spotify-api"))) {
      all.filter(file -> file.toString().endsWith(".json")).sorted().forEach(files::add);
    }
    return files.stream();
  }

  /** Playlists with their first page, by shape: an owner, and items under tracks. */
  @TestFactory
  Stream<DynamicTest> playlists() throws IOException {
    return atLeast(
        15,
        files()
            .map(RecordedAnswersTest::named)
            .flatMap(RecordedAnswersTest::playlistsWithin)
            .map(
                answer ->
                    DynamicTest.dynamicTest(answer.name(), () -> assertPlaylist(answer.json()))));
  }

  /** Pages of items. */
  @TestFactory
  Stream<DynamicTest> pages() throws IOException {
    return atLeast(
        6,
        files()
            .map(RecordedAnswersTest::named)
            .filter(answer -> isPage(answer.json()))
            .map(
                answer -> DynamicTest.dynamicTest(answer.name(), () -> assertPage(answer.json()))));
  }

  /** Albums and artists, in batches and alone. */
  @TestFactory
  Stream<DynamicTest> details() throws IOException {
    return atLeast(
        20,
        files()
            .map(RecordedAnswersTest::named)
            .filter(answer -> isDetail(answer.json()))
            .map(
                answer ->
                    DynamicTest.dynamicTest(answer.name(), () -> assertDetail(answer.json()))));
  }

  @Test
  void errorBodiesAreNoPlaylists() throws IOException {
    int seen = 0;
    for (Named answer : files().map(RecordedAnswersTest::named).toList()) {
      if (answer.json().has("error")) {
        seen++;
        String body = answer.json().toString();
        PlaylistJson json = new PlaylistJson("p", true);
        assertThrows(
            MalformedResponseException.class, () -> json.readFirst(body, AT), answer.name());
      }
    }
    assertThat(seen, greaterThan(5));
  }

  private record Named(String name, JsonNode json) {}

  private static Named named(Path file) {
    try {
      return new Named(file.getParent().getFileName() + "/" + file.getFileName(), body(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Named> playlistsWithin(Named answer) {
    JsonNode json = answer.json().isArray() ? answer.json().get(0) : answer.json();
    boolean playlist =
        json != null
            && json.path("tracks").has("items")
            && (json.has("owner") || json.has("snapshot_id"));
    return playlist ? Stream.of(new Named(answer.name(), json)) : Stream.empty();
  }

  private static boolean isPage(JsonNode json) {
    JsonNode first = json.path("items").path(0);
    return first.has("track")
        && first.has("added_at")
        && json.path("href").asText().contains("/playlists/");
  }

  private static boolean isDetail(JsonNode json) {
    JsonNode albums = json.path("albums");
    JsonNode artists = json.path("artists");
    boolean batch =
        (albums.isArray() || (artists.isArray() && !json.has("album_type") && !json.has("album")))
            && json.size() == 1;
    return batch || (json.has("type") && json.has("images") && isAlbumOrArtist(json));
  }

  private static boolean isAlbumOrArtist(JsonNode json) {
    String type = json.path("type").asText();
    return type.equals("artist") || (type.equals("album") && json.has("copyrights"));
  }

  private static void assertPlaylist(JsonNode json) throws MalformedResponseException {
    PlaylistJson.First first = new PlaylistJson("p", true).readFirst(json.toString(), AT);
    assertThat(first.playlist().name(), equalTo(text(json, "name")));
    assertThat(first.playlist().description(), equalTo(text(json, "description")));
    assertThat(first.playlist().snapshotId(), equalTo(text(json, "snapshot_id")));
    assertThat(first.playlist().ownerId(), equalTo(text(json.path("owner"), "id")));
    if (json.has("followers")) {
      assertThat(first.playlist().followers(), equalTo(json.at("/followers/total").intValue()));
    }
    Page page = first.page();
    assertThat(page, is(notNullValue()));
    assertSlots(json.at("/tracks/items"), page.slots());
    assertThat(
        page.prints(),
        equalTo(new PlaylistJson("p", false).readFirst(json.toString(), AT).page().prints()));
    if (json.path("tracks").has("total")) {
      assertThat(page.total(), equalTo(json.at("/tracks/total").intValue()));
    }
  }

  private static void assertPage(JsonNode json) throws MalformedResponseException {
    Page page = new PlaylistJson("p", true).readPage(json.toString(), 0, AT);
    assertThat(page.total(), equalTo(json.get("total").intValue()));
    assertSlots(json.get("items"), page.slots());
    assertThat(
        page.prints(),
        equalTo(new PlaylistJson("p", false).readPage(json.toString(), 0, AT).prints()));
  }

  private static void assertSlots(JsonNode items, List<PlaylistSlot> slots) {
    assertThat(slots, hasSize(items.size()));
    for (int i = 0; i < slots.size(); i++) {
      JsonNode slot = items.get(i);
      JsonNode content = slot.path("track");
      SeenItem seen = slots.get(i).seen();
      assertThat(seen.item().position(), is(i));
      assertThat(seen.item().itemUri(), equalTo(text(content, "uri")));
      assertThat(seen.item().itemName(), equalTo(text(content, "name")));
      assertThat(slots.get(i).unreadable(), is(false));
      if (ItemType.TRACK.equals(seen.item().itemType())) {
        assertSong(content, seen);
      } else {
        assertThat(seen.item().trackId(), is(nullValue()));
      }
    }
  }

  private static void assertSong(JsonNode track, SeenItem seen) {
    Song song = seen.song();
    assertThat(song, is(notNullValue()));
    assertThat(song.trackId(), equalTo(text(track, "id")));
    assertThat(song.name(), equalTo(text(track, "name")));
    assertThat(song.durationMs(), equalTo(number(track, "duration_ms")));
    assertThat(song.popularity(), equalTo(number(track, "popularity")));
    assertThat(song.isrc(), equalTo(text(track.path("external_ids"), "isrc")));
    assertThat(song.url(), equalTo(text(track.path("external_urls"), "spotify")));
    assertThat(song.artists(), hasSize(track.path("artists").size()));
    assertThat(song.albumId(), equalTo(text(track.path("album"), "id")));
    Album album = seen.album();
    if (song.albumId() != null) {
      assertThat(album, is(notNullValue()));
      assertThat(album.name(), equalTo(text(track.path("album"), "name")));
      assertThat(album.releaseDate(), equalTo(text(track.path("album"), "release_date")));
      assertThat(album.totalTracks(), equalTo(number(track.path("album"), "total_tracks")));
    }
  }

  private static void assertDetail(JsonNode json) throws MalformedResponseException {
    String field = json.has("albums") ? "albums" : "artists";
    if (json.size() == 1 && json.path(field).isArray()) {
      SubjectType kind = field.equals("albums") ? SubjectType.ALBUM : SubjectType.ARTIST;
      List<String> ids = new ArrayList<>();
      json.get(field).forEach(member -> ids.add(member.path("id").asText("unknown" + ids.size())));
      DetailJson.Details details = DetailJson.readBatch(kind, ids, json.toString());
      for (int i = 0; i < ids.size(); i++) {
        JsonNode member = json.get(field).get(i);
        JsonNode read = details.byId().get(ids.get(i));
        assertThat(read == null, is(member.isNull()));
        if (read != null) {
          assertDetailed(kind, member, read);
        }
      }
      return;
    }
    SubjectType kind =
        json.get("type").asText().equals("album") ? SubjectType.ALBUM : SubjectType.ARTIST;
    String id = json.get("id").asText();
    JsonNode read = DetailJson.readSingle(id, json.toString()).byId().get(id);
    assertThat(read, is(notNullValue()));
    assertDetailed(kind, json, read);
  }

  private static void assertDetailed(SubjectType kind, JsonNode expected, JsonNode read) {
    String id = expected.get("id").asText();
    if (kind == SubjectType.ALBUM) {
      Album album = CatalogJson.detailedAlbum(id, read, AT);
      assertThat(album.name(), equalTo(text(expected, "name")));
      assertThat(album.label(), equalTo(text(expected, "label")));
      assertThat(album.popularity(), equalTo(number(expected, "popularity")));
      assertThat(album.upc(), equalTo(text(expected.path("external_ids"), "upc")));
      assertThat(album.releaseDate(), equalTo(text(expected, "release_date")));
      assertThat(album.artists(), hasSize(expected.path("artists").size()));
    } else {
      Artist artist = CatalogJson.detailedArtist(id, read, AT);
      assertThat(artist.name(), equalTo(text(expected, "name")));
      assertThat(artist.popularity(), equalTo(number(expected, "popularity")));
      assertThat(artist.followers(), equalTo(number(expected.path("followers"), "total")));
      List<String> genres = new ArrayList<>();
      expected.path("genres").forEach(genre -> genres.add(genre.asText()));
      if (expected.has("genres")) {
        assertThat(artist.genres(), equalTo(genres));
      }
    }
  }

  private static @Nullable String text(JsonNode object, String field) {
    return object.path(field).textValue();
  }

  private static @Nullable Integer number(JsonNode object, String field) {
    JsonNode value = object.path(field);
    return value.isNumber() ? (Integer) (int) Math.round(value.doubleValue()) : null;
  }
}
