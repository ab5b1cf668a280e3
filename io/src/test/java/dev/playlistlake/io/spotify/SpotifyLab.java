package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RawDay;
import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.RawStore;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.DetailState;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.PriorReading;
import dev.playlistlake.model.SubjectType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A stand-in for Spotify, a lake in a folder, and the asking stage between them, no pipeline. */
final class SpotifyLab implements AutoCloseable {
  static final LocalDate DAY = LocalDate.parse("2026-11-20");

  final MapCatalog catalog = new MapCatalog();
  final SpotifyStandIn spotify;
  final TestClock clock = TestClock.real();

  /** Gives the times that are stored. */
  Clock wall = clock;

  private final Path lake;
  private int runs;
  private LakeLayout layout;

  /** How playlists stood on the day before. */
  Map<String, PriorReading> before = Map.of();

  int concurrency = 16;
  @Nullable Long budget;
  Duration answerTimeout = Duration.ofSeconds(30);
  Duration retryTimeout = Duration.ofSeconds(100);
  Duration maxRetryAfter = Duration.ofSeconds(60);

  SpotifyLab(Path lake, Dialect dialect) {
    this(lake, StandInOptions.defaults().withDialect(dialect));
  }

  SpotifyLab(Path lake, StandInOptions options) {
    this.lake = lake;
    this.spotify = SpotifyStandIn.start(catalog, options);
    this.layout = newRun();
  }

  /** Another run of the same day. */
  LakeLayout newRun() {
    runs++;
    layout = new LakeLayout(lake.toString(), DAY.toString(), "20261120T06000" + runs + "Z-0000");
    return layout;
  }

  SpotifySettings settings() {
    return new SpotifySettings(
        spotify.url(),
        spotify.url(),
        CredentialsRef.sample(),
        concurrency,
        budget,
        maxRetryAfter,
        Duration.ofSeconds(5),
        answerTimeout,
        retryTimeout,
        Duration.ofMillis(500),
        false,
        UserPolicy.keep(),
        LiveNumbers.nowhere(),
        Clock.systemUTC());
  }

  SpotifySource source() {
    return SpotifySource.open(settings(), wall, clock, clock);
  }

  PlaylistLanding.Result land(String... ids) throws InterruptedException, IOException {
    return land(freshness(7), List.of(ids));
  }

  PlaylistLanding.Result land(Freshness freshness, List<String> ids)
      throws InterruptedException, IOException {
    try (SpotifySource source = source()) {
      return new PlaylistLanding(source, RawDay.of(layout), freshness, before)
          .land(
              ids.stream().map(id -> new ListEntry(0, id, id)).toList(),
              new LibraryLanding.Result(Library.none(), Map.of(), 0, AskingReport.start()));
    }
  }

  /** Of a run that begins now, on the day of the lab. */
  Freshness freshness(int maxAge) {
    return new Freshness(DAY, maxAge, clock.instant());
  }

  DetailLanding.Result details(
      Enrichment enrichment, List<String> albums, List<String> artists, AskingReport before)
      throws InterruptedException, IOException {
    try (SpotifySource source = source()) {
      return new DetailLanding(source, RawDay.of(layout), enrichment, freshness(7))
          .land(
              Map.of(SubjectType.ALBUM, unknown(albums), SubjectType.ARTIST, unknown(artists)),
              before);
    }
  }

  /** Albums or artists of which no earlier day tells a detail. */
  static List<DetailState> unknown(List<String> ids) {
    return ids.stream().map(id -> new DetailState(id, null)).toList();
  }

  RawObject stored(String id) {
    return new RawStore(RawDay.of(layout), "playlist").read(id).orElseThrow();
  }

  /** The items of a playlist as its stored answers tell them. */
  List<Slot> slots(String id) {
    return PlaylistReading.replaying(id, stored(id)).slots();
  }

  /** Paths and queries of the API requests, in the order of arrival. */
  List<String> asked() {
    return spotify.requests().stream()
        .filter(request -> !request.isToken())
        .map(LoggedRequest::pathAndQuery)
        .toList();
  }

  /** A playlist of tracks that are told apart by their number. */
  static PlaylistData playlist(String id, int items) {
    return PlaylistData.of(id, "Playlist " + id, tracks("t", items));
  }

  static List<ItemData> tracks(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> track(prefix + i)).toList();
  }

  static ItemData track(String name) {
    String id = id(name);
    ArtistData artist = new ArtistData(id("artist " + name), "Artist", List.of("pop"), 50, 7);
    AlbumData album =
        new AlbumData(
            id("album " + name),
            "Album",
            "album",
            "2021",
            "year",
            9,
            List.of(artist),
            "Label",
            40,
            "upc");
    TrackData track =
        new TrackData(
            id, "spotify:track:" + id, name, 1000, false, 1, 1, 30, "isrc", album, List.of(artist));
    return ItemData.track("2026-01-02T03:04:05Z", "adder", track);
  }

  /** A made-up id of 22 characters. */
  static String id(String name) {
    String letters = name.replaceAll("[^0-9A-Za-z]", "0");
    return ("0".repeat(22) + letters).substring(letters.length());
  }

  @Override
  public void close() {
    spotify.close();
  }
}
