package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Stage;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.RejectionCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each family of endpoints has a quota of its own: what needs only the others is as ever. */
class QuotaTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final Duration A_DAY = Duration.ofDays(1);
  private static final String GIVEN = id("given");
  private static final String LONG = id("long");
  private static final String LISTED = id("listed");
  private static final String LIKED = "liked:sample-user";
  private static final Set<String> TIMES =
      Set.of("run_id", "fetched_at", "items_read_at", "detailed_at");
  private static final Set<String> DETAILS =
      Set.of("label", "popularity", "upc", "genres", "followers", "image_url");

  private final Path folder;
  private final MapCatalog catalog = new MapCatalog();
  private SpotifyStandIn spotify = start(Dialect.EXTENDED);

  QuotaTest(@TempDir Path folder) {
    this.folder = folder;
    catalog.put(PlaylistData.of(GIVEN, "Given", tracks("given", 3)));
    catalog.put(PlaylistData.of(LONG, "Long", tracks("long", 30)));
    catalog.put(PlaylistData.of(LISTED, "Listed", tracks("listed", 2)));
    catalog.editLibrary(
        library -> library.withPlaylistIds(List.of(GIVEN, LISTED)).withLiked(tracks("liked", 4)));
  }

  private SpotifyStandIn start(Dialect dialect) {
    return SpotifyStandIn.start(
        catalog,
        StandInOptions.defaults()
            .withDialect(dialect)
            .withEmbeddedItems(10)
            .withRefreshToken(JobRun.REFRESH_TOKEN));
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @ParameterizedTest
  @CsvSource({
    "EXTENDED, /v1/me, liked",
    "EXTENDED, /v1/me/playlists, listed",
    "EXTENDED, /v1/me/tracks, liked",
    "EXTENDED, /v1/playlists/{id}, given long listed",
    "EXTENDED, /v1/playlists/{id}/tracks, long",
    "EXTENDED, /v1/albums, -",
    "EXTENDED, /v1/artists, -",
    "RESTRICTED, /v1/me, liked",
    "RESTRICTED, /v1/playlists/{id}/items, long",
    "RESTRICTED, /v1/albums, -",
    "RESTRICTED, /v1/albums/{id}, -",
    "RESTRICTED, /v1/artists/{id}, -",
  })
  void oneLockedFamilyHarmsNoRowThatNeedsOnlyTheOthers(
      Dialect dialect, String family, String lostNames) {
    spotify.close();
    spotify = start(dialect);
    JobRun free = run(0, "free");
    spotify.quota(family, 0, A_DAY);
    JobRun locked = run(0, "locked");

    Set<String> lost = new TreeSet<>();
    for (String name : lostNames.split(" ")) {
      lost.add(name.equals("liked") ? LIKED : id(name));
    }
    boolean playlists = !lostNames.equals("-");
    boolean details = family.contains("albums") || family.contains("artists");
    assertThat(rows(locked, lost, details), equalTo(rows(free, lost, details)));
    assertThat(locked.err(), locked.exitCode(), is(playlists ? 4 : 0));
    JsonNode row = locked.row();
    assertThat(row.get("stopped_by").asText(), is(playlists ? "QUOTA_EXCEEDED" : "null"));
    assertThat(row.get("closed_families").size(), is(1));
    JsonNode closed = row.get("closed_families").get(0);
    assertThat(closed.get("family").asText(), is(family));
    assertThat(closed.get("resume_at").asText(), containsString("2026-11-03T06:"));
    assertThat(
        row.get("resume_at").asText(), is(playlists ? closed.get("resume_at").asText() : "null"));
    assertThat(free.row().get("closed_families").size(), is(0));
    assertAlike(replay(0, "locked"), locked);
  }

  /** Details that are only left for later share a row, and their number is in its message. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void detailsThatAreLeftAreOneRowPerType(Dialect dialect) {
    spotify.close();
    spotify = start(dialect);
    boolean batches = dialect == Dialect.EXTENDED;
    spotify.quota(batches ? "/v1/albums" : "/v1/albums/{id}", batches ? 1 : 20, A_DAY);
    JobRun run = run(0, "locked", "--requestConcurrency=1");
    List<Rejection> left = run.own(new RejectionCodec());
    assertThat(left.toString(), left, hasSize(1));
    assertThat(left.get(0).stage(), is(Stage.DETAILS));
    assertThat(left.get(0).subjectId() == null, is(true));
    assertThat(left.get(0).reason().name(), is("QUOTA_EXCEEDED"));
    assertThat(left.get(0).message(), containsString((3 + 30 + 2 + 4 - 20) + " albums"));
    assertThat(run.exitCode(), is(0));
    assertAlike(replay(0, "locked"), run);
    spotify.clearQuotas();
    JobRun again = run(0, "locked");
    assertThat(again.own(new RejectionCodec()), is(empty()));
    assertAlike(replay(0, "locked"), again);
  }

  /** What most items name comes first, over days; each replayed alike. */
  @Test
  void singlesTrickleInTheirOrder() {
    spotify.close();
    spotify = start(Dialect.RESTRICTED);
    // The last track's album is in three playlists, its artist too.
    ItemData often = tracks("long", 30).get(29);
    for (String id : List.of(GIVEN, LISTED)) {
      catalog.edit(
          id,
          playlist ->
              playlist.withItems(
                  Stream.concat(playlist.items().stream(), Stream.of(often)).toList()));
    }
    JobRun first = run(0, "locked", "--detailBudget=2");
    assertThat(detailed(first, LakeTable.ALBUM), is(List.of(id("album long29"))));
    assertThat(detailed(first, LakeTable.ARTIST), is(List.of(id("artist long29"))));
    assertThat(first.exitCode(), is(0));
    assertThat(first.own(new RejectionCodec()), hasSize(2));
    assertAlike(replay(0, "locked", "--detailBudget=2"), first);
    JobRun second = run(1, "locked", "--detailBudget=10");
    assertThat(
        detailed(second, LakeTable.ALBUM).size() + detailed(second, LakeTable.ARTIST).size(),
        is(2 + 10));
    assertAlike(replay(1, "locked", "--detailBudget=10"), second);
    // Ten days later nothing of that is old; batches would be asked again after seven.
    JobRun third = run(2, "locked");
    assertAlike(replay(2, "locked"), third);
    JobRun later = run(12, "locked");
    assertThat(later.err(), later.own(new RejectionCodec()), is(empty()));
    assertThat(
        spotify.requests().stream()
            .filter(request -> request.path().matches(".*albums/.*"))
            .count(),
        is((long) detailed(later, LakeTable.ALBUM).size()));
    assertAlike(replay(12, "locked"), later);
  }

  @Test
  void aSpentRequestBudgetIsOneRowPerTypeToo() {
    JobRun run = run(0, "locked", "--requestBudget=7", "--requestConcurrency=1");
    assertThat(run.exitCode(), is(4));
    List<Rejection> left =
        run.own(new RejectionCodec()).stream()
            .filter(rejection -> rejection.stage() == Stage.DETAILS)
            .toList();
    assertThat(left.toString(), left, not(empty()));
    assertThat(
        left.stream().map(Rejection::subjectType).distinct().count(), is((long) left.size()));
    assertAlike(replay(0, "locked"), run);
  }

  /** Spotify may answer a removed endpoint with a 429 from its first request. */
  @Test
  void aDayWithout429sOnBatchesIsTheSame() {
    spotify.close();
    spotify = start(Dialect.RESTRICTED);
    JobRun free = run(0, "free");
    spotify.scriptAlways(
        "/v1/(albums|artists)\\?ids=", Scripted.status(429, "{}").withHeader("Retry-After", "0"));
    JobRun limited = run(0, "locked");
    assertThat(rows(limited, Set.of(), false), equalTo(rows(free, Set.of(), false)));
    assertThat(limited.row().get("missing_capabilities").get(0).asText(), is("BATCH"));
    assertThat(limited.exitCode(), is(0));
    assertAlike(replay(0, "locked"), limited);
  }

  private JobRun run(int day, String lake, String... more) {
    List<String> flags =
        Stream.concat(
                Stream.of("--playlists=me,liked," + GIVEN + "," + LONG, "--enrich=albums,artists"),
                Stream.of(more))
            .toList();
    folder.resolve(lake).toFile().mkdirs();
    return JobRun.asUser(
        DAY.plusDays(day), spotify, folder.resolve(lake), flags.toArray(new String[0]));
  }

  private JobRun replay(int day, String lake, String... more) {
    String[] flags =
        Stream.concat(Stream.of("--enrich=albums,artists"), Stream.of(more)).toArray(String[]::new);
    return JobRun.replay(
        DAY.plusDays(day), folder.resolve(lake).resolve("lake/raw"), folder.resolve("copy"), flags);
  }

  private static void assertAlike(JobRun replay, JobRun run) {
    Map<LakeTable, List<String>> rows = PurityIT.rowsOf(run);
    Map<LakeTable, List<String>> replayed = PurityIT.rowsOf(replay);
    for (LakeTable table : rows.keySet()) {
      assertThat(table.tableName(), replayed.get(table), equalTo(rows.get(table)));
    }
  }

  /** Rows of what is not lost and of what that names, without times. */
  private static Map<LakeTable, List<String>> rows(JobRun run, Set<String> lost, boolean bare) {
    Map<LakeTable, List<String>> rows = new TreeMap<>();
    Set<String> others =
        new TreeSet<>(
            lost.stream()
                .map(id -> id.replace("0", "").replace("liked:sample-user", "liked"))
                .toList());
    for (LakeTable table :
        List.of(
            LakeTable.PLAYLIST,
            LakeTable.PLAYLIST_ITEM,
            LakeTable.SONG,
            LakeTable.ALBUM,
            LakeTable.ARTIST)) {
      rows.put(
          table,
          run.rows(table).stream()
              .filter(row -> !lost.contains(String.valueOf(row.get(0))))
              .map(row -> text(row, bare))
              .filter(row -> others.stream().noneMatch(name -> row.contains("0" + name)))
              .sorted()
              .toList());
    }
    return rows;
  }

  private static String text(GenericRecord row, boolean bare) {
    StringBuilder text = new StringBuilder();
    for (Schema.Field column : row.getSchema().getFields()) {
      if (!TIMES.contains(column.name()) && !(bare && DETAILS.contains(column.name()))) {
        text.append(column.name()).append('=').append(row.get(column.pos())).append(' ');
      }
    }
    return text.toString();
  }

  private static List<String> detailed(JobRun run, LakeTable table) {
    String runId = run.row().get("run_id").asText();
    return run.rows(table).stream()
        .filter(row -> String.valueOf(row.get("run_id")).equals(runId))
        .filter(row -> row.get("detailed_at") != null)
        .map(row -> String.valueOf(row.get(0)))
        .sorted()
        .toList();
  }

  private static List<ItemData> tracks(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> track(name + i)).toList();
  }

  private static ItemData track(String name) {
    ArtistData artist = new ArtistData(id("artist " + name), "Artist", List.of("pop"), 50, 7);
    AlbumData album =
        new AlbumData(
            id("album " + name), "A", "album", "2021", "year", 9, List.of(artist), "L", 40, "u");
    TrackData track =
        new TrackData(
            id(name),
            "spotify:track:" + id(name),
            name,
            1,
            false,
            1,
            1,
            30,
            "i",
            album,
            List.of(artist));
    return ItemData.track("2026-01-02T03:04:05Z", "adder", track);
  }

  private static String id(String name) {
    String letters = name.replaceAll("[^0-9A-Za-z]", "0");
    return ("0".repeat(22) + letters).substring(letters.length());
  }
}
