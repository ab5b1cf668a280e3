package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.EventType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistEventCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RejectionCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.testing.Sql;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days one after the other through the whole program: what is asked again, carried, dropped. */
class DaysTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final String ONE = id("one");
  private static final String TWO = id("two");
  private static final int ITEMS = 250;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final MapCatalog catalog = new MapCatalog();
  private final SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults());

  @AfterEach
  void close() {
    spotify.close();
  }

  @Test
  void anUnchangedPlaylistCostsOneRequestUntilItsItemsAreOld() {
    catalog.put(playlist(ONE, ITEMS));
    JobRun first = run(1);
    assertThat(first.row().get("requests").asInt(), is(1 + 2 + 1 + details(ITEMS)));
    Instant readAt = only(first).itemsReadAt();

    JobRun second = run(2);
    assertThat(second.row().get("requests").asInt(), is(1));
    assertThat(only(second).readStatus(), is(ReadStatus.UNCHANGED));
    assertThat(only(second).itemsReadAt(), is(readAt));
    assertThat(only(second).itemCount(), is(ITEMS));
    assertThat(second.row().get("playlists_unchanged").asInt(), is(1));
    assertThat(items(second), equalTo(items(first)));
    assertThat(trackIds(second), equalTo(trackIds(first)));
    assertThat(second.own(new AlbumCodec()), hasSize(ITEMS));
    assertThat(second.own(new ArtistCodec()), hasSize(ITEMS));
    assertThat(second.own(new PlaylistEventCodec()), is(empty()));

    // Read on day 1, so it is seven days old on day 8; the details are as old.
    assertThat(run(7).row().get("requests").asInt(), is(1));
    JobRun eighth = run(8);
    assertThat(only(eighth).readStatus(), is(ReadStatus.READ));
    assertThat(eighth.row().get("requests").asInt(), is(1 + 2 + 1 + details(ITEMS)));
  }

  /** With wider integers, timestamps in nanoseconds, and metadata of its own. */
  @Test
  void aLakeThatDuckDbHasWrittenAgainIsReadAsTheSame() throws Exception {
    catalog.put(playlist(ONE, ITEMS));
    JobRun first = run(1);
    Shown before = Shown.by(folder.resolve("lake"));
    for (Path file : first.files()) {
      if (file.toString().endsWith(".parquet")) {
        rewrite(file);
      }
    }

    assertThat(Shown.by(folder.resolve("lake")), is(before));
    JobRun second = run(2);
    assertThat(second.err(), second.exitCode(), is(0));
    assertThat(second.row().get("requests").asInt(), is(1));
    assertThat(second.row().get("playlists_unchanged").asInt(), is(1));
    assertThat(items(second), equalTo(items(first)));
    assertThat(second.own(new SongCodec()), hasSize(ITEMS));
    assertThat(second.own(new PlaylistEventCodec()), is(empty()));
  }

  private static void rewrite(Path file) throws Exception {
    try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckDb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      String rows = "read_parquet('" + file + "', hive_partitioning = false)";
      List<String> wider = new ArrayList<>();
      for (List<String> column : Sql.values(duckDb, "DESCRIBE FROM " + rows)) {
        String name = column.get(0);
        if (column.get(1).equals("INTEGER")) {
          wider.add("CAST(" + name + " AS BIGINT) AS " + name);
        } else if (column.get(1).startsWith("TIMESTAMP")) {
          wider.add("CAST(" + name + " AT TIME ZONE 'UTC' AS TIMESTAMP_NS) AS " + name);
        }
      }
      String columns = wider.isEmpty() ? "*" : "* REPLACE (" + String.join(", ", wider) + ")";
      Path aside = file.resolveSibling("aside");
      statement.execute(
          "COPY (SELECT " + columns + " FROM " + rows + ") TO '" + aside + "' (FORMAT PARQUET)");
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void maxAgeZeroAsksForEverything() {
    catalog.put(playlist(ONE, ITEMS));
    run(1);
    JobRun second = run(2, "--maxAge=0");
    assertThat(only(second).readStatus(), is(ReadStatus.READ));
    assertThat(second.row().get("requests").asInt(), is(1 + 2 + 1 + details(ITEMS)));
  }

  @Test
  void anotherSnapshotIsReadAgainAndOnlyNewAlbumsAreAskedFor() {
    catalog.put(playlist(ONE, ITEMS));
    run(1);
    catalog.edit(ONE, list -> list.withItems(tracks(0, ITEMS + 5)).withSnapshotId("snapshot-2"));
    JobRun second = run(2);
    assertThat(only(second).readStatus(), is(ReadStatus.READ));
    assertThat(second.row().get("requests").asInt(), is(1 + 2 + 1 + 1 + 1));
    assertThat(second.own(new AlbumCodec()), everyItem(hasLabel()));
    assertThat(types(second), equalTo(Collections.nCopies(5, EventType.ADDED)));
  }

  @Test
  void aPlaylistThatFitsItsFirstAnswerIsReadWholeEveryDay() {
    catalog.put(playlist(ONE, 3));
    run(1);
    catalog.edit(ONE, list -> list.withItems(List.of(track(2), track(0))));
    // The snapshot_id stays, as it may; the first answer is believed.
    JobRun second = run(2);
    assertThat(only(second).readStatus(), is(ReadStatus.READ));
    assertThat(only(second).itemCount(), is(2));
    assertThat(types(second), containsInAnyOrder(EventType.REMOVED, EventType.REORDERED));
  }

  @Test
  void whatFailsForADayIsStaleAndLeavesNoTraceInTheEvents() {
    catalog.put(playlist(ONE, ITEMS));
    catalog.put(playlist(TWO, 3));
    JobRun first = run(1);
    spotify.scriptAlways("/v1/playlists/" + ONE, Scripted.reset());
    JobRun second = run(2);
    assertThat(second.exitCode(), is(3));
    assertThat(second.err(), containsString(ONE + " TIMEOUT"));
    Playlist stale = playlist(second, ONE);
    assertThat(stale, equalTo(playlist(first, ONE).withStatus(ReadStatus.STALE)));
    assertThat(items(second), equalTo(items(first)));
    assertThat(trackIds(second), equalTo(trackIds(first)));
    assertThat(second.row().get("playlists_stale").asInt(), is(1));
    assertThat(second.row().get("playlists_rejected").asInt(), is(1));
    assertThat(reasons(second), equalTo(List.of(Reason.TIMEOUT)));
    assertThat(second.own(new PlaylistEventCodec()), is(empty()));

    spotify.clearScripts();
    JobRun third = run(3);
    // The stale rows are complete and young: they are leaned on like any other.
    assertThat(playlist(third, ONE).readStatus(), is(ReadStatus.UNCHANGED));
    assertThat(third.own(new PlaylistEventCodec()), is(empty()));
    assertThat(third.own(new RejectionCodec()), is(empty()));
    assertThat(third.exitCode(), is(0));
  }

  @Test
  void aConfirmed404IsGoneOnce() {
    catalog.put(playlist(ONE, 3));
    catalog.put(playlist(TWO, 3));
    run(1);
    catalog.remove(ONE);
    JobRun second = runOf(2, List.of(ONE, TWO));
    assertThat(second.own(new PlaylistCodec()), hasSize(1));
    List<PlaylistEvent> events = second.own(new PlaylistEventCodec());
    assertThat(events, hasSize(1));
    assertThat(events.get(0).eventType(), is(EventType.GONE));
    assertThat(events.get(0).valueBefore(), is("Playlist " + ONE));
    assertThat(events.get(0).previousIngestDate(), is(DAY.toString()));
    assertThat(reasons(second), equalTo(List.of(Reason.NOT_FOUND)));

    JobRun third = runOf(3, List.of(ONE, TWO));
    assertThat(third.own(new PlaylistEventCodec()), is(empty()));
    assertThat(reasons(third), equalTo(List.of(Reason.NOT_FOUND)));
  }

  @Test
  void a404ThatIsNotConfirmedIsNoLoss() {
    catalog.put(playlist(ONE, 3));
    run(1);
    spotify.script("/v1/playlists/" + ONE, Scripted.status(404, "{}"));
    JobRun second = run(2);
    assertThat(only(second).readStatus(), is(ReadStatus.READ));
    assertThat(second.own(new PlaylistEventCodec()), is(empty()));

    // Nor is one whose confirmation fails for another reason.
    spotify.script("/v1/playlists/" + ONE, Scripted.status(404, "{}"));
    spotify.scriptAlways("/v1/playlists/" + ONE, Scripted.status(500, "{}"));
    JobRun third = run(3);
    assertThat(only(third).readStatus(), is(ReadStatus.STALE));
    assertThat(reasons(third), equalTo(List.of(Reason.SERVER_ERROR)));
    assertThat(third.own(new PlaylistEventCodec()), is(empty()));
  }

  @Test
  void manyGoneAtOnceFailTheAuditUnlessAllowed() {
    List<String> ids = IntStream.range(0, 15).mapToObj(i -> id("p" + i)).toList();
    ids.forEach(playlist -> catalog.put(playlist(playlist, 2)));
    runOf(1, ids);
    ids.subList(0, 6).forEach(catalog::remove);
    JobRun second = runOf(2, ids, "--maxRejected=100");
    assertThat(second.exitCode(), is(6));
    assertThat(second.err(), containsString("6 of the 15 playlists of the day before are gone"));
    assertThat(second.err(), containsString("--allowGone"));

    JobRun allowed = runOf(2, ids, "--maxRejected=100", "--allowGone");
    assertThat(allowed.err(), allowed.exitCode(), is(0));
    assertThat(types(allowed), equalTo(Collections.nCopies(6, EventType.GONE)));
    // What Spotify said is stored: nothing is asked twice.
    assertThat(allowed.row().get("requests").asInt(), is(0));
  }

  @Test
  void aFewGoneAreNoFailure() {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> id("p" + i)).toList();
    ids.forEach(playlist -> catalog.put(playlist(playlist, 2)));
    runOf(1, ids);
    ids.subList(0, 4).forEach(catalog::remove);
    assertThat(runOf(2, ids, "--maxRejected=100").exitCode(), is(0));
  }

  @Test
  void whatLeavesTheListLeavesTheLakeWithoutAnEvent() {
    catalog.put(playlist(ONE, 3));
    catalog.put(playlist(TWO, 5));
    run(1);
    JobRun second = runOf(2, List.of(ONE));
    assertThat(second.own(new PlaylistCodec()), hasSize(1));
    assertThat(second.own(new PlaylistEventCodec()), is(empty()));
    // Songs that nothing names any more drop out.
    assertThat(second.own(new SongCodec()), hasSize(3));
    assertThat(second.own(new AlbumCodec()), hasSize(3));
  }

  @Test
  void detailsOutliveAnswersWithoutThem() {
    catalog.put(playlist(ONE, 3));
    List<Album> first = run(1).own(new AlbumCodec());
    assertThat(first, everyItem(hasLabel()));
    // Day 9: the details are old, and Spotify does not tell them any more.
    spotify.scriptAlways("/v1/(albums|artists)", Scripted.status(500, ""));
    JobRun ninth = run(9);
    assertThat(ninth.own(new AlbumCodec()), everyItem(hasLabel()));
    assertThat(
        ninth.own(new AlbumCodec()).stream().map(Album::detailedAt).toList(),
        containsInAnyOrder(first.stream().map(Album::detailedAt).toArray()));
    assertThat(ninth.own(new AlbumCodec()).get(0).fetchedAt(), not(first.get(0).fetchedAt()));
    assertThat(
        ninth.own(new RejectionCodec()).stream().map(Rejection::reason).distinct().toList(),
        equalTo(List.of(Reason.SERVER_ERROR)));
    assertThat(ninth.own(new RejectionCodec()), hasSize(3 + 3));
  }

  @Test
  void aDetailWithoutAFieldKeepsTheOlderValue() {
    catalog.put(playlist(ONE, 3));
    run(1);
    try (SpotifyStandIn restricted =
        SpotifyStandIn.start(catalog, StandInOptions.defaults().withDialect(Dialect.RESTRICTED))) {
      JobRun later =
          JobRun.on(
              DAY.plusDays(91),
              restricted,
              folder,
              "--playlists=" + ONE,
              "--enrich=albums,artists");
      List<Album> albums = later.own(new AlbumCodec());
      assertThat(albums, everyItem(hasLabel()));
      Instant day = DAY.plusDays(91).atStartOfDay().toInstant(ZoneOffset.UTC);
      Instant detailedAt = Objects.requireNonNull(albums.get(0).detailedAt());
      assertThat(detailedAt, greaterThan(day));
    }
  }

  @Test
  void whatCannotBeReadKeepsItsLesserStandingToo() {
    catalog.put(playlist(ONE, ITEMS));
    catalog.put(playlist(TWO, 3).withAccess(Access.METADATA_ONLY));
    spotify.scriptAlways("/v1/playlists/" + ONE + "/tracks", Scripted.status(500, ""));
    JobRun first = run(1);
    assertThat(playlist(first, ONE).readStatus(), is(ReadStatus.INCOMPLETE));
    assertThat(playlist(first, ONE).itemCount(), is(100));
    spotify.clearScripts();
    spotify.scriptAlways("/v1/playlists/", Scripted.status(500, ""));
    JobRun second = run(2);
    assertThat(playlist(second, ONE), equalTo(playlist(first, ONE)));
    assertThat(playlist(second, TWO), equalTo(playlist(first, TWO)));
    assertThat(items(second), equalTo(items(first)));
    // METADATA_ONLY is no failure of this run.
    assertThat(second.row().get("playlists_rejected").asInt(), is(1));
    assertThat(second.own(new RejectionCodec()), hasSize(2));

    spotify.clearScripts();
    catalog.edit(TWO, list -> list.withAccess(Access.OPEN));
    JobRun third = run(3);
    assertThat(playlist(third, ONE).readStatus(), is(ReadStatus.READ));
    assertThat(playlist(third, TWO).readStatus(), is(ReadStatus.READ));
    // Rows were there before, so neither is seen first; and neither was complete.
    assertThat(third.own(new PlaylistEventCodec()), is(empty()));
  }

  @Test
  void itemsThatTheAppMayNoLongerSeeAreKept() {
    catalog.put(playlist(ONE, 3));
    JobRun first = run(1);
    catalog.edit(ONE, list -> list.withAccess(Access.METADATA_ONLY));
    JobRun second = run(2);
    assertThat(only(second).readStatus(), is(ReadStatus.STALE));
    assertThat(reasons(second), equalTo(List.of(Reason.NOT_READABLE_BY_THIS_APP)));
    assertThat(items(second), equalTo(items(first)));
  }

  @Test
  void neverCompleteIsAskedFirstThenTheOldest() {
    List<String> ids = List.of(id("fresh"), id("older"), id("failed"));
    ids.forEach(playlist -> catalog.put(playlist(playlist, ITEMS)));
    spotify.scriptAlways(id("failed"), Scripted.status(500, ""));
    runOf(1, ids);
    catalog.edit(id("fresh"), list -> list.withSnapshotId("snapshot-2"));
    runOf(2, ids);
    spotify.clearScripts();
    spotify.clearLog();
    runOf(3, ids, "--requestConcurrency=1");
    List<String> order =
        spotify.requests().stream()
            .filter(request -> request.path().matches("/v1/playlists/[^/]+"))
            .map(request -> request.path().substring("/v1/playlists/".length()))
            .distinct()
            .toList();
    assertThat(order, equalTo(List.of(id("failed"), id("older"), id("fresh"))));
  }

  @Test
  void aDayOfAnEarlierSchemaIsRead() {
    catalog.put(playlist(ONE, ITEMS));
    JobRun first = run(1);
    OlderSchema.rewrite(first, LakeTable.ALBUM, List.of("upc", "detailed_at"));
    OlderSchema.rewrite(first, LakeTable.PLAYLIST, List.of("followers", "image_url"));
    OlderSchema.rewrite(first, LakeTable.SONG, List.of("isrc"));
    JobRun second = run(2);
    assertThat(second.err(), second.exitCode(), is(0));
    assertThat(only(second).readStatus(), is(ReadStatus.UNCHANGED));
    assertThat(second.own(new PlaylistItemCodec()), hasSize(ITEMS));
    List<Song> carried =
        second.own(new SongCodec()).stream().filter(song -> song.isrc() == null).toList();
    assertThat(carried, hasSize(ITEMS - 100));
    assertThat(carried.get(0).name(), not(nullValue()));
  }

  @Test
  void halfADayBeforeIsRefusedRatherThanCompared() {
    catalog.put(playlist(ONE, 3));
    JobRun first = run(1);
    first.dataFiles().stream()
        .filter(file -> file.toString().contains("playlist_item"))
        .forEach(file -> assertThat(file.toFile().delete(), is(true)));
    JobRun second = run(2);
    assertThat(second.exitCode(), is(7));
    assertThat(
        second.err(),
        allOf(containsString("2026-11-02 has 0 of 1 files"), containsString("playlist_item")));
    assertThat(second.errLines(), hasSize(1));
  }

  private JobRun run(int day, String... flags) {
    return runOf(day, catalog.playlistIds(), flags);
  }

  private JobRun runOf(int day, List<String> ids, String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--playlists=" + String.join(",", ids) + ",");
    return JobRun.on(DAY.plusDays(day - 1), spotify, folder, args.toArray(new String[0]));
  }

  private static Playlist only(JobRun run) {
    List<Playlist> playlists = run.own(new PlaylistCodec());
    assertThat(run.err(), playlists, hasSize(1));
    return playlists.get(0);
  }

  private static Playlist playlist(JobRun run, String id) {
    return run.own(new PlaylistCodec()).stream()
        .filter(playlist -> playlist.playlistId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<PlaylistItem> items(JobRun run) {
    return run.own(new PlaylistItemCodec()).stream()
        .sorted(
            Comparator.comparing(PlaylistItem::playlistId).thenComparing(PlaylistItem::position))
        .toList();
  }

  private static List<String> trackIds(JobRun run) {
    return run.own(new SongCodec()).stream().map(Song::trackId).sorted().toList();
  }

  private static List<Reason> reasons(JobRun run) {
    return run.own(new RejectionCodec()).stream().map(Rejection::reason).toList();
  }

  private static List<EventType> types(JobRun run) {
    return run.own(new PlaylistEventCodec()).stream().map(PlaylistEvent::eventType).toList();
  }

  private static Matcher<Album> hasLabel() {
    return new CustomTypeSafeMatcher<>("an album with a label and a UPC") {
      @Override
      protected boolean matchesSafely(Album album) {
        return album.label() != null && album.upc() != null;
      }
    };
  }

  /** Requests for the details of that many albums and as many artists. */
  private static int details(int albums) {
    return (albums + 19) / 20 + (albums + 49) / 50;
  }

  private static PlaylistData playlist(String id, int items) {
    return PlaylistData.of(id, "Playlist " + id, tracks(0, items));
  }

  private static List<ItemData> tracks(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(DaysTest::track).toList();
  }

  /** A track with an album and an artist of its own. */
  private static ItemData track(int number) {
    String id = id("t" + number);
    ArtistData artist = new ArtistData(id("r" + number), "Artist", List.of("pop"), 50, 7);
    AlbumData album =
        new AlbumData(
            id("a" + number),
            "Album",
            "album",
            "2021",
            "year",
            9,
            List.of(artist),
            "Label",
            40,
            "upc" + number);
    return ItemData.track(
        "2026-01-02T03:04:05Z",
        "adder",
        new TrackData(
            id,
            "spotify:track:" + id,
            "Track " + number,
            1_000,
            false,
            1,
            1,
            30,
            "isrc" + number,
            album,
            List.of(artist)));
  }

  private static String id(String name) {
    return ("0".repeat(22) + name).substring(name.length());
  }
}
