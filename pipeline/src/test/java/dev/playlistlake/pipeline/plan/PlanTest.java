package dev.playlistlake.pipeline.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.EpisodeData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.Dialects;
import dev.playlistlake.pipeline.JobRun;
import dev.playlistlake.pipeline.LongProof;
import dev.playlistlake.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code plan} foretells, held against what the run then sends. */
class PlanTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final Path GOLDEN = Path.of("src/test/resources/plan-table.txt");
  private static final String MISSING = id("missing");
  private static final String OF_SPOTIFY = "37i9dQZF1DXcBWIGoYBM5M";
  private static final String FORBIDDEN = id("forbidden");
  private static final String CLOSED = id("closed");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  /** Of the shapes: a 403, and a 404 on a playlist of Spotify's own. */
  private static final int CONFIRMATIONS = 2;

  private final MapCatalog catalog = new MapCatalog();
  private final List<SpotifyStandIn> started = new ArrayList<>();
  private final List<String> list = new ArrayList<>();

  @AfterEach
  void close() {
    started.forEach(SpotifyStandIn::close);
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  void theFirstRunSendsWhatIsForetold(Dialect dialect) throws IOException {
    SpotifyStandIn spotify = start(dialect);
    putManyShapes();

    JsonNode plan = plan(1, spotify);

    assertThat(spotify.apiRequests(), is(list.size() + CONFIRMATIONS));
    assertThat(plan.get("requests_asked").asInt(), is(list.size() + CONFIRMATIONS));
    assertThat(Files.exists(folder.resolve("lake")), is(false));
    assertForetold(plan, run(1, spotify, 3));
    assertThat(plan.get("detail_requests").get("max").asLong() > 0, is(true));
    assertThat(
        reasons(plan),
        containsInAnyOrder(
            MISSING + " NOT_FOUND",
            FORBIDDEN + " FORBIDDEN",
            CLOSED + " NOT_READABLE_BY_THIS_APP",
            OF_SPOTIFY + " NOT_READABLE_BY_THIS_APP",
            "not-an-id INVALID_ID"));
  }

  static Stream<Arguments> enrichments() {
    return Dialects.tried()
        .flatMap(
            dialect ->
                Stream.of("auto", "none", "albums", "artists", "albums,artists")
                    .map(enrich -> Arguments.of(dialect, enrich)));
  }

  @ParameterizedTest
  @MethodSource("enrichments")
  void detailsAreExactWhereEveryPlaylistFitsItsFirstAnswer(Dialect dialect, String enrich) {
    SpotifyStandIn spotify = start(dialect);
    put("empty", 0, 0);
    put("one", 0, 1);
    put("some", 40, 77);
    put("all", 60, 100);

    JsonNode plan = plan(1, spotify, "--enrich=" + enrich);

    assertExact(plan, run(1, spotify, 0, "--enrich=" + enrich));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  void anUnchangedSecondDayIsForetoldWithAndWithoutAsking(Dialect dialect) throws IOException {
    SpotifyStandIn spotify = start(dialect);
    putManyShapes();
    run(1, spotify, 3);
    List<String> before = everything();

    JsonNode plan = plan(2, spotify);
    assertThat(spotify.apiRequests(), is(list.size() + CONFIRMATIONS));
    JsonNode offline = planWithoutNetwork(2, spotify);

    assertThat(everything(), equalTo(before));
    Map<String, Long> sent = run(2, spotify, 3);
    assertThat("nothing changed", sent.containsKey("page"), is(false));
    assertExact(plan, sent);
    assertExact(offline, sent);
    assertThat(reasons(offline), equalTo(reasons(plan)));
    assertThat(offline.get("items"), equalTo(plan.get("items")));
  }

  /** On day 8 nothing of day 1 is young any more. */
  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  @LongProof
  void aDayOnWhichEverythingIsDueIsForetoldToo(Dialect dialect) {
    SpotifyStandIn spotify = start(dialect);
    putManyShapes();
    run(1, spotify, 3, "--enrich=albums");

    JsonNode plan = plan(8, spotify, "--enrich=albums");
    JsonNode offline = planWithoutNetwork(8, spotify, "--enrich=albums");

    Map<String, Long> sent = run(8, spotify, 3, "--enrich=albums");
    assertThat(sent.get("page"), greaterThan(10L));
    assertThat(sent.get("albums"), greaterThan(10L));
    assertExact(plan, sent);
    assertExact(offline, sent);
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  @LongProof
  void maxAgeZeroAsksForEverything(Dialect dialect) {
    SpotifyStandIn spotify = start(dialect);
    putManyShapes();
    run(1, spotify, 3);
    JsonNode plan = plan(1, spotify, "--maxAge=0");
    assertForetold(plan, run(1, spotify, 3, "--maxAge=0"));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  @LongProof
  void whatChangedSinceIsARange(Dialect dialect) {
    SpotifyStandIn spotify = start(dialect);
    put("long", 0, 400);
    put("short", 500, 30);
    put("grows", 600, 100);
    run(1, spotify, 0);
    catalog.edit(id("long"), old -> old.withItems(tracks(50, 420)).withSnapshotId("snapshot-2"));
    catalog.edit(id("grows"), old -> old.withItems(tracks(600, 103)).withSnapshotId("snapshot-2"));

    JsonNode plan = plan(2, spotify, "--enrich=albums,artists");

    Map<String, Long> sent = run(2, spotify, 0, "--enrich=albums,artists");
    assertForetold(plan, sent);
    JsonNode details = plan.get("detail_requests");
    assertThat(details.get("max").asLong(), greaterThan(details.get("min").asLong()));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  void aDayThatIsHalfStoredIsForetold(Dialect dialect) {
    SpotifyStandIn spotify = start(dialect);
    put("short", 0, 30);
    put("middle", 20, 100);
    put("third", 90, 80);
    put("fourth", 200, 60);
    run(1, spotify, 4, "--requestBudget=2", "--requestConcurrency=1");

    JsonNode plan = plan(1, spotify);

    assertThat(plan.get("playlists_stored").asInt(), is(2));
    assertThat(spotify.apiRequests(), is(2));
    Map<String, Long> sent = run(1, spotify, 0);
    assertThat(sent.get("first"), is(2L));
    assertExact(plan, sent);
    // All is stored now, details too.
    JsonNode again = plan(1, spotify);
    assertThat(spotify.apiRequests(), is(0));
    assertThat(again.get("requests").get("max").asInt(), is(0));
    assertThat(run(1, spotify, 0), is(anEmptyMap()));
  }

  @Test
  void offlineWhatTheLakeNeverSawIsUnknown() {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("known", 0, 250);
    run(1, spotify, 0);
    list.add(id("new"));

    JsonNode plan = planWithoutNetwork(2, spotify);

    assertThat(plan.get("playlists_unknown").asInt(), is(1));
    assertThat(plan.get("playlist_requests").get("min").asInt(), is(2));
    assertThat(plan.get("playlist_requests").get("max").isNull(), is(true));
    assertThat(plan.get("requests").get("max").isNull(), is(true));
    assertThat(plan.get("items").get("min").asInt(), is(250));
    assertThat(plan.get("items").get("max").isNull(), is(true));
    assertThat(plan.get("seconds_max").isNull(), is(true));
  }

  @Test
  void offlineNeedsADayBefore() {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("known", 0, 3);
    JobRun plan = command(1, spotify, "--offline");
    assertThat(plan.exitCode(), is(2));
    assertThat(
        plan.errLines(),
        contains(allOf(startsWith("--offline: "), containsString("has no published day before"))));
    assertThat(spotify.requests(), is(empty()));
    assertThat(Files.exists(folder.resolve("lake")), is(false));
  }

  @Test
  void theBudgetIsAlsoThePlans() {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("long", 0, 250);
    put("short", 10, 3);
    put("third", 20, 3);
    run(1, spotify, 0);
    catalog.put(playlist("new", 500, 250));
    list.add(id("new"));

    JobRun plan = command(2, spotify, "--requestBudget=1", "--requestConcurrency=1");

    assertThat(plan.err(), plan.exitCode(), is(4));
    assertThat(spotify.apiRequests(), is(1));
    JsonNode json = plan.row();
    assertThat(json.get("stopped_by").asText(), is("BUDGET_SPENT"));
    assertThat(json.get("playlists_as_before").asInt(), is(3));
    assertThat(json.get("not_asked").size(), is(3));
    // One each of those of the day before, and of the new one that comes first what it needs.
    assertThat(json.get("playlist_requests").get("max").asInt(), is(3 + 4));
  }

  @Test
  void aUsedUpQuotaIsSaidAndNothingMoreIsAsked() {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("one", 0, 3);
    put("two", 0, 3);
    spotify.scriptAlways(
        "/playlists/",
        Scripted.status(429, "{\"error\":{\"status\":429,\"reason\":\"QUOTA_EXCEEDED\"}}")
            .withHeader("Retry-After", "4000"));

    JobRun plan = command(1, spotify, "--requestConcurrency=1", "--format=table");

    assertThat(plan.err(), plan.exitCode(), is(4));
    assertThat(spotify.apiRequests(), is(1));
    assertThat(
        plan.out(),
        allOf(
            containsString("Could not be asked for:"),
            containsString("rejected 2 playlist QUOTA_EXCEEDED"),
            containsString("The plan is not whole; Spotify answers again after 2026-11-02T07:")));
    assertThat(Files.exists(folder.resolve("lake")), is(false));
  }

  /** What each family gets is what the run sends it. */
  @ParameterizedTest
  @CsvSource({"EXTENDED,400", "RESTRICTED,400", "RESTRICTED,3"})
  void requestsAreForetoldByFamily(Dialect dialect, int detailBudget) {
    SpotifyStandIn spotify = start(dialect);
    put("one", 0, 130);
    put("two", 0, 3);
    String[] flags = {"--enrich=albums,artists", "--detailBudget=" + detailBudget};
    JsonNode families = plan(1, spotify, flags).get("requests_by_family");
    spotify.clearLog();
    command(null, 1, spotify, flags);
    Map<String, Long> sent = new TreeMap<>();
    for (LoggedRequest request : spotify.requests()) {
      if (!request.isToken()) {
        sent.merge(
            request.path().replaceAll("(playlists|albums|artists)/[^/]+", "$1/{id}"),
            1L,
            Long::sum);
      }
    }
    assertThat(families.size(), is(greaterThanOrEqualTo(sent.size())));
    sent.forEach(
        (family, requests) -> {
          JsonNode range = families.path(family);
          assertThat(family, requests, is(greaterThanOrEqualTo(range.path("min").asLong())));
          assertThat(family, requests, is(lessThanOrEqualTo(range.path("max").asLong())));
        });
  }

  @Test
  void whatDoesNotAnswerIsSaid() {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("one", 0, 3);
    put("two", 0, 3);
    spotify.scriptAlways("/playlists/" + id("two"), Scripted.status(500, "{}"));
    JobRun plan = command(1, spotify);
    assertThat(plan.exitCode(), is(4));
    assertThat(plan.row().get("not_asked").findValuesAsText("reason"), contains("SERVER_ERROR"));
    assertThat(plan.row().get("playlist_requests").get("min").asInt(), is(2));
    assertThat(plan.row().get("playlist_requests").get("max").isNull(), is(true));
  }

  @Test
  void notAuthorisedIsSaidAsARunSaysIt() {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("one", 0, 3);
    Path wrong = JobRun.credentials(folder, JobRun.CLIENT_ID, "wrong-secret");
    JobRun plan =
        JobRun.of(
            "plan",
            "--playlists=" + id("one"),
            "--lake=" + folder.resolve("lake"),
            "--credentials=file:" + wrong,
            "--apiUrl=" + spotify.url(),
            "--accountsUrl=" + spotify.url());
    assertThat(plan.exitCode(), is(5));
    assertThat(
        plan.errLines(),
        contains(
            startsWith(
                "Not authorised, nothing is planned: Spotify does not take this client id")));
    assertThat(plan.err(), not(containsString("wrong-secret")));
    assertThat(plan.out(), is(""));
  }

  @Test
  void aLakeThatLacksFilesCannotBeRead() throws IOException {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("one", 0, 3);
    run(1, spotify, 0);
    try (Stream<Path> files = Files.walk(folder.resolve("lake/song"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    JobRun plan = command(2, spotify);
    assertThat(plan.exitCode(), is(7));
    assertThat(plan.errLines(), contains(startsWith("The lake cannot be read, nothing is pl")));
  }

  @Test
  void withoutAListAndALakeTheSampleIsPlanned() {
    JobRun plan = JobRun.of("plan", "--format=json");
    assertThat(plan.err(), plan.exitCode(), is(0));
    assertThat(plan.row().get("playlists_listed").asInt(), greaterThan(5));
    assertThat(plan.err(), containsString("That was invented sample data."));
    assertThat(Files.exists(Path.of("lake-sample")), is(false));
  }

  @Test
  void theRateIsTheFlagsOrThatOfARunOrThePlansOwn() {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("one", 0, 3);
    put("two", 0, 3);
    assertThat(plan(1, spotify).get("requests_per_second").isNull(), is(true));
    assertThat(plan(1, spotify).get("seconds_min").isNull(), is(true));
    JsonNode told = plan(1, spotify, "--rate=0.5");
    assertThat(told.get("requests_per_second").asDouble(), is(0.5));
    assertThat(
        told.get("seconds_max").asDouble(), is(2.0 * told.get("requests").get("max").asLong()));
    IntStream.range(0, 20).forEach(i -> put("more" + i, i, 3));
    assertThat(plan(1, spotify).get("requests_per_second").asDouble(), greaterThan(0.0));
    put("long", 0, 3_000);
    JobRun run = command(null, 1, spotify);
    double seconds =
        Duration.between(
                    Instant.parse(run.row().get("started_at").asText()),
                    Instant.parse(run.row().get("finished_at").asText()))
                .toMillis()
            / 1000.0;
    assertThat(run.row().get("requests").asInt(), greaterThan(50));
    double rate = plan(2, spotify).get("requests_per_second").asDouble();
    assertThat(
        Math.abs(rate - run.row().get("requests").asInt() / seconds) < 0.01 * rate, is(true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate=fast         | --rate | 'fast' is not a number of requests",
        "--rate=0            | --rate | '0' is not a number of requests",
        "--rate=-2           | --rate | '-2' is not a number of requests",
        "--format=xml        | --format | 'xml' is none of table, json",
        "--offline=perhaps   | --offline | 'perhaps' is neither true nor false",
        "--ofline            | --ofline | Did you mean --offline?",
        "--enrich=all        | --enrich | 'all' is none of auto, none, albums",
        "--maxAge=-1         | --maxAge | -1 is below 0",
        "plan                | plan   | comes first",
        "--from=raw:/nowhere | --from | '/nowhere' holds no stored answers",
      })
  void oneWrongFlagIsOneLine(String arg, String flag, String key) {
    JobRun plan =
        JobRun.of("plan", "--playlists=" + id("x"), "--lake=" + folder.resolve("lake"), arg);
    assertThat(plan.err(), plan.exitCode(), is(2));
    assertThat(plan.errLines(), contains(allOf(startsWith(flag), containsString(key))));
    assertThat(plan.out(), is(""));
    assertThat(Files.exists(folder.resolve("lake")), is(false));
  }

  @Test
  void allThatIsWrongIsSaidAtOnce() {
    JobRun plan =
        JobRun.of("plan", "--rate=x", "--format=y", "--maxAge=-1", "--lake=a*", "--playlists=,");
    assertThat(plan.exitCode(), is(2));
    assertThat(
        plan.errLines(),
        containsInAnyOrder(
            startsWith("--rate:"),
            startsWith("--format:"),
            startsWith("--maxAge:"),
            startsWith("--lake:"),
            startsWith("--playlists:")));
  }

  @Test
  void theMainJobHasNoneOfItsFlags() {
    JobRun run = JobRun.of("--offline", "--rate=3", "--format=json");
    assertThat(run.exitCode(), is(2));
    assertThat(run.errLines(), hasSize(3));
  }

  @Test
  void aReplayIsNothingToPlan() {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    put("one", 0, 3);
    run(1, spotify, 0);
    JobRun plan =
        command(2, spotify, "--from=raw:" + folder.resolve("lake/raw"), "--ingestDate=" + DAY);
    assertThat(plan.exitCode(), is(2));
    assertThat(plan.errLines(), contains(startsWith("--from: a replay asks nothing")));
  }

  @Test
  void theTableReadsWell() throws IOException {
    SpotifyStandIn spotify = start(Dialect.EXTENDED);
    putManyShapes();
    JobRun plan = command(1, spotify, "--format=table", "--rate=10", "--requestBudget=30");
    assertThat(plan.err(), plan.exitCode(), is(0));
    String table = plan.out().replace(folder.resolve("lake").toString(), "LAKE");
    Golden.assertUpToDate(GOLDEN, table, "transforms,io,athena-queries,pipeline", PlanTest.class);
  }

  /** Playlists of many sizes, and of every kind that cannot be read. */
  private void putManyShapes() {
    int[] sizes = {0, 1, 49, 99, 100, 101, 150, 151, 200, 201, 250, 1_000};
    for (int i = 0; i < sizes.length; i++) {
      // Neighbours share songs.
      put("size" + sizes[i], i * 60, sizes[i]);
    }
    List<ItemData> odd = new ArrayList<>(tracks(30, 95));
    odd.add(ItemData.vanished());
    odd.add(
        ItemData.episode(
            "2026-01-02T03:04:05Z",
            "adder",
            new EpisodeData(id("e"), "Episode", id("s"), "Show", 1_000, "2026-01-01")));
    odd.add(
        ItemData.local(
            "2026-01-02T03:04:05Z",
            "adder",
            new TrackData(
                null,
                "spotify:local:a:b:c:1",
                "Local",
                1_000,
                false,
                1,
                1,
                null,
                null,
                AlbumData.unidentified("Album"),
                List.of(ArtistData.unidentified("Artist")))));
    odd.addAll(tracks(0, 40));
    catalog.put(PlaylistData.of(id("odd"), "Odd", odd));
    catalog.put(playlist("forbidden", 0, 5).withAccess(Access.FORBIDDEN));
    catalog.put(playlist("closed", 0, 5).withAccess(Access.METADATA_ONLY));
    list.addAll(List.of(id("odd"), FORBIDDEN, CLOSED, MISSING, OF_SPOTIFY));
  }

  private void put(String name, int firstTrack, int items) {
    catalog.put(playlist(name, firstTrack, items));
    list.add(id(name));
  }

  private SpotifyStandIn start(Dialect dialect) {
    SpotifyStandIn spotify =
        SpotifyStandIn.start(catalog, StandInOptions.defaults().withDialect(dialect));
    started.add(spotify);
    return spotify;
  }

  private JsonNode plan(int day, SpotifyStandIn spotify, String... flags) {
    JobRun plan = command(day, spotify, flags);
    assertThat(plan.err(), plan.exitCode(), is(0));
    assertThat(plan.err(), is(""));
    assertThat(plan.out().lines().toList(), hasSize(1));
    return plan.row();
  }

  /** Nobody listens where it would ask. */
  private JsonNode planWithoutNetwork(int day, SpotifyStandIn spotify, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--offline");
    JsonNode plan = plan(day, spotify, all.toArray(new String[0]));
    assertThat(spotify.requests(), is(empty()));
    assertThat(plan.get("requests_asked").asInt(), is(0));
    return plan;
  }

  private JobRun command(int day, SpotifyStandIn spotify, String... flags) {
    return command("plan", day, spotify, flags);
  }

  private JobRun command(@Nullable String word, int day, SpotifyStandIn spotify, String... flags) {
    spotify.clearLog();
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--playlists=" + String.join(",", list) + ",not-an-id," + list.get(0));
    if (word != null && args.stream().noneMatch(arg -> arg.startsWith("--format"))) {
      args.add("--format=json");
    }
    LocalDate date = DAY.plusDays(day - 1);
    String[] all = args.toArray(new String[0]);
    return word == null
        ? JobRun.on(date, spotify, folder, all)
        : JobRun.ofCommand(word, date, spotify, folder, all);
  }

  /** The requests of a run, by kind. */
  private Map<String, Long> run(int day, SpotifyStandIn spotify, int exitCode, String... flags) {
    JobRun run = command(null, day, spotify, flags);
    assertThat(run.err(), run.exitCode(), is(exitCode));
    Map<String, Long> byKind = new TreeMap<>();
    for (LoggedRequest request : spotify.requests()) {
      if (!request.isToken()) {
        byKind.merge(kind(request.path()), 1L, Long::sum);
      }
    }
    return byKind;
  }

  private static String kind(String path) {
    if (path.matches("/v1/playlists/\\w+")) {
      return "first";
    } else if (path.matches("/v1/playlists/\\w+/(tracks|items)")) {
      return "page";
    }
    return path.startsWith("/v1/albums") ? "albums" : "artists";
  }

  private static void assertForetold(JsonNode plan, Map<String, Long> sent) {
    long first = sent.getOrDefault("first", 0L);
    long pages = sent.getOrDefault("page", 0L);
    long details = sent.getOrDefault("albums", 0L) + sent.getOrDefault("artists", 0L);
    assertThat(plan.get("first_answers").asLong() + plan.get("looks_again").asLong(), is(first));
    assertThat(plan.get("pages").asLong(), is(pages));
    assertThat(plan.get("playlist_requests").get("min").asLong(), is(first + pages));
    assertThat(plan.get("playlist_requests").get("max").asLong(), is(first + pages));
    assertThat(
        details,
        allOf(
            greaterThanOrEqualTo(plan.get("detail_requests").get("min").asLong()),
            lessThanOrEqualTo(plan.get("detail_requests").get("max").asLong())));
    assertThat(
        plan.get("requests").get("max").asLong(),
        is(first + pages + plan.get("detail_requests").get("max").asLong()));
  }

  private static void assertExact(JsonNode plan, Map<String, Long> sent) {
    assertForetold(plan, sent);
    assertThat(
        plan.get("detail_requests").get("min"), equalTo(plan.get("detail_requests").get("max")));
  }

  private static List<String> reasons(JsonNode plan) {
    List<String> reasons = new ArrayList<>();
    plan.get("unreadable")
        .forEach(
            gap -> reasons.add(gap.get("subject_id").asText() + " " + gap.get("reason").asText()));
    return reasons;
  }

  /** All files and folders of the lake with their times and sizes. */
  private List<String> everything() throws IOException {
    List<String> all = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder.resolve("lake"))) {
      for (Path path : walk.sorted().toList()) {
        all.add(path + " " + Files.getLastModifiedTime(path) + " " + Files.size(path));
      }
    }
    return all;
  }

  private static PlaylistData playlist(String name, int firstTrack, int items) {
    return PlaylistData.of(id(name), "Playlist " + name, tracks(firstTrack, items));
  }

  private static List<ItemData> tracks(int from, int count) {
    return IntStream.range(from, from + count).mapToObj(PlanTest::track).toList();
  }

  /** Three to an album; the artist of the album, and one of the song. */
  private static ItemData track(int number) {
    String id = id("t" + number);
    int ofAlbum = number / 3;
    ArtistData artist = new ArtistData(id("r" + ofAlbum % 90), "Artist", List.of("pop"), 50, 7);
    ArtistData guest = new ArtistData(id("g" + number % 70), "Guest", List.of("pop"), 50, 7);
    AlbumData album =
        new AlbumData(
            id("a" + ofAlbum),
            "Album",
            "album",
            "2021",
            "year",
            9,
            List.of(artist),
            "Label",
            40,
            "upc" + ofAlbum);
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
            List.of(guest)));
  }

  private static String id(String name) {
    return ("0".repeat(22) + name).substring(name.length());
  }
}
