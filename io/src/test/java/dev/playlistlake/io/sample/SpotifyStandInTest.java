package dev.playlistlake.io.sample;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpotifyStandInTest {

  private static final GeneratedCatalog GENERATED = GeneratedCatalog.of(3, 2, 333, 90);
  private static final String ID = GENERATED.playlistIds().get(0);
  private static final PlaylistData PLAYLIST = GENERATED.playlist(ID).orElseThrow();
  private static final StandInOptions DEFAULTS = StandInOptions.defaults();

  @ParameterizedTest
  @EnumSource
  void pagesGiveEveryItemOnceInOrder(Dialect dialect) throws Exception {
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, DEFAULTS.withDialect(dialect))) {
      List<JsonNode> items = new StandInClient(standIn).items(ID, dialect);

      assertThat(
          items.stream().map(item -> item.path(dialect.content()).path("id").asText()).toList(),
          equalTo(PLAYLIST.items().stream().map(item -> track(item).id()).toList()));
      assertThat(standIn.apiRequests(), is(dialect == Dialect.EXTENDED ? 1 + 3 : 1 + 5));
    }
  }

  @Test
  void aPlaylistEmbedsItsFirstItemsWhateverIsAsked() throws Exception {
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, DEFAULTS.withEmbeddedItems(7))) {
      JsonNode playlist =
          new StandInClient(standIn).json("/v1/playlists/" + ID + "?limit=50&offset=200");

      assertThat(playlist.path("tracks").path("items").size(), is(7));
      assertThat(playlist.path("tracks").path("total").asInt(), is(333));
      assertThat(playlist.path("tracks").path("offset").asInt(), is(0));
      assertThat(
          playlist.path("tracks").path("next").asText(),
          startsWith("https://api.spotify.com/v1/playlists/" + ID + "/tracks?offset=7"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aPagePastTheEndIsEmptyAndTooLargeAPageIsRefused(Dialect dialect) throws Exception {
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, DEFAULTS.withDialect(dialect))) {
      StandInClient client = new StandInClient(standIn);
      String items = "/v1/playlists/" + ID + '/' + dialect.contents();

      JsonNode past = client.json(items + "?offset=400");
      assertThat(past.path("items").size(), is(0));
      assertThat(past.path("next").isNull(), is(true));
      assertThat(client.json(items).path("items").size(), is(dialect.defaultLimit()));
      int tooMany = dialect.maxLimit() + 1;
      assertThat(
          client.get(items + "?limit=" + tooMany).body(),
          is("{\"error\":{\"status\":400,\"message\":\"Invalid limit\"}}"));
    }
  }

  @Test
  void theRestrictedDialectRefusesWhatItLost() throws Exception {
    try (SpotifyStandIn standIn =
        SpotifyStandIn.start(GENERATED, DEFAULTS.withDialect(Dialect.RESTRICTED).withMarkets(3))) {
      StandInClient client = new StandInClient(standIn);
      JsonNode playlist = client.json("/v1/playlists/" + ID);
      JsonNode track = playlist.path("items").path("items").path(0).path("item");
      String album = track.path("album").path("id").asText();
      String artist = track.path("artists").path(0).path("id").asText();

      for (String lost :
          List.of(
              "/v1/playlists/" + ID + "/tracks",
              "/v1/albums?ids=" + album,
              "/v1/artists?ids=" + artist)) {
        HttpResponse<String> response = client.get(lost);
        assertThat(response.statusCode(), is(403));
        assertThat(response.body(), is("{\"error\":{\"status\":403,\"message\":\"Forbidden\"}}"));
      }
      assertThat(playlist.has("tracks"), is(false));
      assertThat(track.has("popularity") || track.has("available_markets"), is(false));
      assertThat(track.path("album").has("available_markets"), is(false));
      assertThat(track.path("external_ids").path("isrc").asText(), startsWith("ZZGEN"));
      JsonNode fullAlbum = client.json("/v1/albums/" + album);
      assertThat(
          fullAlbum.has("label") || fullAlbum.has("popularity") || fullAlbum.has("markets"),
          is(false));
      assertThat(fullAlbum.path("external_ids").has("upc"), is(true));
      JsonNode fullArtist = client.json("/v1/artists/" + artist);
      assertThat(
          fullArtist.has("genres") || fullArtist.has("popularity") || fullArtist.has("followers"),
          is(false));
    }
  }

  @Test
  void batchesHoldNullForTheUnknownAndAreLimited() throws Exception {
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, DEFAULTS.withMarkets(4))) {
      StandInClient client = new StandInClient(standIn);
      String album = track(PLAYLIST.items().get(0)).album().id();
      String artist = track(PLAYLIST.items().get(0)).artists().get(0).id();
      String unknown = Ids.named("album", "never made");

      JsonNode albums = client.json("/v1/albums?ids=" + album + ',' + unknown).path("albums");
      assertThat(albums.path(0).path("label").asText(), startsWith("Label"));
      assertThat(albums.path(0).path("available_markets").size(), is(4));
      assertThat(albums.path(0).path("tracks").path("items").size(), is(3));
      assertThat(albums.path(1).isNull(), is(true));
      JsonNode artists = client.json("/v1/artists?ids=" + unknown + ',' + artist).path("artists");
      assertThat(artists.path(0).isNull(), is(true));
      assertThat(artists.path(1).path("genres").size(), is(2));
      assertThat(client.get("/v1/albums/" + unknown).statusCode(), is(404));
      assertThat(client.get("/v1/artists/" + unknown).statusCode(), is(404));
      assertThat(client.get("/v1/albums?ids=" + repeated(album, 20)).statusCode(), is(200));
      assertThat(client.get("/v1/albums?ids=" + repeated(album, 21)).statusCode(), is(400));
      assertThat(client.get("/v1/artists?ids=" + repeated(artist, 51)).statusCode(), is(400));
    }
  }

  @Test
  void accessDecidesWhatAPlaylistAnswers() throws Exception {
    MapCatalog catalog =
        new MapCatalog()
            .put(PLAYLIST.withAccess(Access.METADATA_ONLY))
            .put(PlaylistData.of("closed", "Closed", List.of()).withAccess(Access.FORBIDDEN));
    try (SpotifyStandIn standIn = SpotifyStandIn.start(catalog, DEFAULTS)) {
      StandInClient client = new StandInClient(standIn);

      JsonNode metadata = client.json("/v1/playlists/" + ID);
      assertThat(metadata.path("name").asText(), is(PLAYLIST.name()));
      assertThat(metadata.has("tracks") || metadata.has("items"), is(false));
      assertThat(client.get("/v1/playlists/" + ID + "/tracks").statusCode(), is(403));
      assertThat(client.get("/v1/playlists/closed").statusCode(), is(403));
      HttpResponse<String> missing = client.get("/v1/playlists/missing");
      assertThat(missing.statusCode(), is(404));
      assertThat(
          missing.body(), is("{\"error\":{\"status\":404,\"message\":\"Resource not found\"}}"));
    }
  }

  @Test
  void aPlaylistMayHaveADialectOfItsOwn() throws Exception {
    MapCatalog catalog = new MapCatalog().put(PLAYLIST.withDialect(Dialect.RESTRICTED));
    try (SpotifyStandIn standIn = SpotifyStandIn.start(catalog, DEFAULTS)) {
      StandInClient client = new StandInClient(standIn);

      assertThat(client.items(ID, Dialect.RESTRICTED), hasSize(333));
      assertThat(client.get("/v1/playlists/" + ID + "/tracks").statusCode(), is(403));
    }
  }

  @Test
  void episodesAreNullUnlessAskedFor() throws Exception {
    try (SpotifyStandIn standIn = SpotifyStandIn.start(SampleCatalog.create(), DEFAULTS)) {
      StandInClient client = new StandInClient(standIn);
      String items = "/v1/playlists/" + SampleCatalog.SUNSET + "/tracks";

      JsonNode without = client.json(items).path("items").path(12).path("track");
      JsonNode with =
          client
              .json(items + "?additional_types=track%2Cepisode")
              .path("items")
              .path(12)
              .path("track");
      assertThat(without.isNull(), is(true));
      assertThat(with.path("type").asText(), is("episode"));
      assertThat(with.path("show").path("name").asText(), is("The Long Way Home"));
    }
  }

  @Test
  void apiCallsNeedAGoodToken() throws Exception {
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, DEFAULTS)) {
      StandInClient client = new StandInClient(standIn);
      HttpResponse<String> bad =
          client
              .http()
              .send(
                  client
                      .request("/v1/playlists/" + ID)
                      .setHeader("Authorization", "Bearer made-up")
                      .build(),
                  BodyHandlers.ofString());
      standIn.expireTokens();
      HttpResponse<String> expired = client.get("/v1/playlists/" + ID);

      assertThat(bad.statusCode(), is(401));
      assertThat(
          bad.body(), is("{\"error\":{\"status\":401,\"message\":\"Invalid access token\"}}"));
      assertThat(expired.statusCode(), is(401));
      assertThat(expired.body(), containsString("The access token expired"));
      assertThat(
          standIn.requests().stream().map(LoggedRequest::isToken).toList(),
          contains(true, false, false));
      assertThat(standIn.apiRequests(), is(2));
    }
  }

  @Test
  void tokensAreGivenToTheClientAndForTheRefreshTokenOnly() throws Exception {
    StandInOptions options = DEFAULTS.withRefreshToken("first").withRotateRefreshTokens(true);
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, options)) {
      StandInClient client = new StandInClient(standIn);
      String good = "sample-client:sample-secret";
      String refresh = "grant_type=refresh_token&refresh_token=";

      HttpResponse<String> stranger =
          client.askToken("someone:else", "grant_type=client_credentials");
      HttpResponse<String> granted = client.askToken(good, refresh + "first");
      HttpResponse<String> rotatedAway = client.askToken(good, refresh + "first");
      HttpResponse<String> again = client.askToken(good, refresh + "first-2");

      assertThat(stranger.statusCode(), is(400));
      assertThat(
          stranger.body(),
          is("{\"error\":\"invalid_client\",\"error_description\":\"Invalid client\"}"));
      assertThat(
          granted.body(),
          allOf(
              containsString("\"expires_in\":3600"),
              containsString("\"refresh_token\":\"first-2\"")));
      assertThat(rotatedAway.statusCode(), is(400));
      assertThat(
          rotatedAway.body(),
          is("{\"error\":\"invalid_grant\",\"error_description\":\"Refresh token revoked\"}"));
      assertThat(again.statusCode(), is(200));
    }
  }

  @ParameterizedTest
  @EnumSource(Caching.class)
  void answersAreGzippedOnlyIfTheClientAcceptsThat(Caching caching) throws Exception {
    StandInOptions options = DEFAULTS.withCacheAnswers(caching == Caching.ON);
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, options)) {
      StandInClient client = new StandInClient(standIn);
      String path = "/v1/playlists/" + ID;
      String plain = client.get(path).body();

      for (int time = 0; time < 2; time++) {
        HttpResponse<byte[]> zipped =
            client
                .http()
                .send(
                    client.request(path).header("Accept-Encoding", "deflate, gzip").build(),
                    BodyHandlers.ofByteArray());
        assertThat(zipped.headers().firstValue("Content-Encoding").orElse(""), is("gzip"));
        assertThat(zipped.body().length, is(lessThan(plain.length() / 3)));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped.body()))) {
          assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8), is(plain));
        }
      }
      assertThat(client.get(path).body(), is(plain));
    }
  }

  enum Caching {
    ON,
    OFF
  }

  @Test
  void sixteenSlowRequestsRunSideBySide() throws Exception {
    StandInOptions options = DEFAULTS.withLatency(Duration.ofMillis(50));
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, options)) {
      StandInClient client = new StandInClient(standIn);
      client.get("/v1/playlists/" + ID);
      standIn.clearLog();

      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        answers.add(
            client
                .http()
                .sendAsync(
                    client.request("/v1/playlists/" + ID + "/tracks?limit=1&offset=" + i).build(),
                    BodyHandlers.ofString()));
      }
      answers.forEach(CompletableFuture::join);

      List<LoggedRequest> requests = standIn.requests();
      assertThat(requests, hasSize(16));
      for (LoggedRequest request : requests) {
        assertThat(
            request.endNanos() - request.startNanos(),
            is(greaterThanOrEqualTo(Duration.ofMillis(50).toNanos())));
      }
      assertThat(standIn.mostInFlight(), is(greaterThan(8)));
      long took =
          requests.stream().mapToLong(LoggedRequest::endNanos).max().orElseThrow()
              - requests.get(0).startNanos();
      // One after another they would take 800 ms.
      assertThat(took, is(lessThan(Duration.ofMillis(400).toNanos())));
    }
  }

  @Test
  void oneRequestAtATimeIsNeverSeenAsTwo() throws Exception {
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, DEFAULTS)) {
      StandInClient client = new StandInClient(standIn);
      for (int i = 0; i < 50; i++) {
        client.get("/v1/playlists/" + ID + "/tracks?limit=1");
      }
      assertThat(standIn.mostInFlight(), is(1));
      assertThat(
          standIn.requests().stream()
              .skip(1)
              .map(LoggedRequest::status)
              .collect(Collectors.toSet()),
          is(Set.of(200)));
    }
  }

  @Test
  void snapshotIdsCanDifferAtEveryRequest() throws Exception {
    AtomicInteger count = new AtomicInteger();
    StandInOptions options =
        DEFAULTS.withCacheAnswers(true).withSnapshotIds(() -> "s" + count.incrementAndGet());
    try (SpotifyStandIn standIn = SpotifyStandIn.start(GENERATED, options)) {
      StandInClient client = new StandInClient(standIn);
      assertThat(
          List.of(
              client.json("/v1/playlists/" + ID).path("snapshot_id").asText(),
              client.json("/v1/playlists/" + ID).path("snapshot_id").asText()),
          contains("s1", "s2"));
    }
  }

  @Test
  void aGeneratedCatalogIsTheSameEverywhereAndSharesItsSongs() {
    GeneratedCatalog again = GeneratedCatalog.of(3, 2, 333, 90);
    GeneratedCatalog other = GeneratedCatalog.of(4, 2, 333, 90);

    assertThat(again.playlistIds(), equalTo(GENERATED.playlistIds()));
    assertThat(other.playlistIds(), not(equalTo(GENERATED.playlistIds())));
    for (String id : GENERATED.playlistIds()) {
      PlaylistData playlist = GENERATED.playlist(id).orElseThrow();
      assertThat(
          List.copyOf(playlist.items()),
          equalTo(List.copyOf(again.playlist(id).orElseThrow().items())));
    }
    Map<String, Long> songs =
        GENERATED.playlistIds().stream()
            .flatMap(id -> GENERATED.playlist(id).orElseThrow().items().stream())
            .collect(Collectors.groupingBy(item -> track(item).uri(), Collectors.counting()));
    assertThat(songs.size(), is(90));
    assertThat(
        Stream.concat(
                PLAYLIST.items().stream().map(item -> track(item).album().id()),
                PLAYLIST.items().stream().map(item -> track(item).artists().get(0).id()))
            .distinct()
            .count(),
        is(30L + 15L));
  }

  private static TrackData track(ItemData item) {
    TrackData track = item.track();
    if (track == null) {
      throw new AssertionError("no track in " + item);
    }
    return track;
  }

  private static String repeated(@Nullable String id, int times) {
    return Stream.generate(() -> String.valueOf(id)).limit(times).collect(Collectors.joining(","));
  }
}
