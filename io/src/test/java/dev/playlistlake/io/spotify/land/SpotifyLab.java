package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawStore;
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
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.fetch.LiveNumbers;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.rate.TestClock;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LandedDetails;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.model.run.PreviousPlaylist;
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
public final class SpotifyLab implements AutoCloseable {
  static final LocalDate DAY = LocalDate.parse("2026-11-20");

  public final MapCatalog catalog = new MapCatalog();
  public final SpotifyStandIn spotify;
  public final TestClock clock = TestClock.real();

  /** Gives the times that are stored. */
  public Clock wall = clock;

  private final String lake;
  private int runs;
  private LakeLayout layout;

  /** How playlists stood on the day before. */
  Map<String, PreviousPlaylist> before = Map.of();

  public int concurrency = 16;
  public @Nullable Long budget;
  Duration answerTimeout = Duration.ofSeconds(30);
  Duration retryTimeout = Duration.ofSeconds(100);
  Duration maxRetryAfter = Duration.ofSeconds(60);

  public SpotifyLab(Path lake, Dialect dialect) {
    this(lake, StandInOptions.defaults().withDialect(dialect));
  }

  public SpotifyLab(Path lake, StandInOptions options) {
    this(lake.toString(), options);
  }

  /** In any storage that Beam knows. */
  SpotifyLab(String lake, StandInOptions options) {
    this.lake = lake;
    this.spotify = SpotifyStandIn.start(catalog, options);
    this.layout = newRun();
  }

  /** Another run of the same day. */
  LakeLayout newRun() {
    runs++;
    layout = new LakeLayout(lake, DAY.toString(), "20261120T06000" + runs + "Z-0000");
    return layout;
  }

  SpotifySettings settings() {
    return new SpotifySettings(
        new HttpSettings(
            spotify.url(), spotify.url(), concurrency, Duration.ofSeconds(5), answerTimeout),
        CredentialsRef.sample(),
        budget,
        maxRetryAfter,
        retryTimeout,
        Duration.ofMillis(500),
        false,
        UserIdPolicy.keep(),
        LiveNumbers.nowhere(),
        Clock.systemUTC());
  }

  SpotifyConnection source() {
    return SpotifyConnection.open(settings(), wall, clock, clock);
  }

  public PlaylistLanding.Result land(String... ids) throws InterruptedException, IOException {
    return land(refreshPolicy(7), List.of(ids));
  }

  public PlaylistLanding.Result land(RefreshPolicy refreshPolicy, List<String> ids)
      throws InterruptedException, IOException {
    try (SpotifyConnection source = source()) {
      return new PlaylistLanding(source, RawDay.of(layout), refreshPolicy, before)
          .land(
              ids.stream().map(id -> new ListEntry(0, id, id)).toList(),
              new LibraryLanding.Result(Library.none(), Map.of(), 0, FetchReport.start()));
    }
  }

  /** Of a run that begins now, on the day of the lab. */
  RefreshPolicy refreshPolicy(int maxAge) {
    return new RefreshPolicy(DAY, maxAge, clock.instant());
  }

  public LandedDetails details(
      Enrichment enrichment, List<String> albums, List<String> artists, FetchReport before)
      throws InterruptedException, IOException {
    try (SpotifyConnection source = source()) {
      return new DetailLanding(source, RawDay.of(layout), enrichment, refreshPolicy(7))
          .land(
              Map.of(SubjectType.ALBUM, unknown(albums), SubjectType.ARTIST, unknown(artists)),
              before);
    }
  }

  /** Albums of which earlier days tell something. */
  LandedDetails details(Enrichment enrichment, List<DetailState> albums, FetchReport before)
      throws InterruptedException, IOException {
    try (SpotifyConnection source = source()) {
      return new DetailLanding(source, RawDay.of(layout), enrichment, refreshPolicy(7))
          .land(Map.of(SubjectType.ALBUM, albums), before);
    }
  }

  /** Albums or artists of which no earlier day tells a detail. */
  static List<DetailState> unknown(List<String> ids) {
    return ids.stream().map(id -> new DetailState(id, null)).toList();
  }

  public RawObject stored(String id) {
    return new RawStore(RawDay.of(layout), "playlist").read(id).orElseThrow();
  }

  /** The items of a playlist as its stored answers tell them. */
  public List<PlaylistSlot> slots(String id) {
    return PlaylistFetch.replaying(id, stored(id)).slots();
  }

  /** Paths and queries of the API requests, in the order of arrival. */
  public List<String> asked() {
    return spotify.requests().stream()
        .filter(request -> !request.isToken())
        .map(LoggedRequest::pathAndQuery)
        .toList();
  }

  /** A playlist of tracks that are told apart by their number. */
  public static PlaylistData playlist(String id, int items) {
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
  public static String id(String name) {
    String letters = name.replaceAll("[^0-9A-Za-z]", "0");
    return ("0".repeat(22) + letters).substring(letters.length());
  }

  @Override
  public void close() {
    spotify.close();
  }
}
