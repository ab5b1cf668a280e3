package dev.playlistlake.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

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
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RejectionCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With {@code --addedBy=hash} and {@code drop} a lake knows no user, whatever Spotify tells. */
class AddedByTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");

  private static final String OWNER = "ownr7qx2";
  private static final String FRIEND = "frnd9kz4";

  /** Of the times when one's name was one's id. */
  private static final String OLD = "oldacct5";

  private static final List<String> USERS = List.of(OWNER, FRIEND, OLD);

  private static final String LONG = "aaaaaaaaaaaaaaaaaaaaaa";
  private static final String SHARED = "bbbbbbbbbbbbbbbbbbbbbb";
  private static final String CLOSED = "cccccccccccccccccccccc";
  private static final String ODD = "dddddddddddddddddddddd";

  private static final String LIST =
      String.join(
          ",",
          "spotify:user:" + OWNER + ":playlist:" + LONG,
          "https://open.spotify.com/user/" + OLD + "/playlist/" + SHARED + "?si=1",
          CLOSED,
          ODD,
          "https://open.spotify.com/user/" + FRIEND,
          "spotify:user:" + FRIEND + ":collection");

  private final MapCatalog catalog = new MapCatalog();
  private final Path folder;
  private SpotifyStandIn spotify;

  AddedByTest(@TempDir Path folder) {
    this.folder = folder;
    catalog
        .put(playlist(LONG, OWNER, "Olga", items(230, OWNER, FRIEND)))
        .put(playlist(SHARED, OLD, "OldAcct5", items(120, OLD, OWNER)))
        .put(playlist(CLOSED, FRIEND, FRIEND, items(3, FRIEND)).withAccess(Access.METADATA_ONLY))
        .put(playlist(ODD, OLD, "Someone", items(5, OLD)));
    this.spotify = start(Dialect.EXTENDED);
  }

  private SpotifyStandIn start(Dialect dialect) {
    SpotifyStandIn started =
        SpotifyStandIn.start(catalog, StandInOptions.defaults().withDialect(dialect));
    // Links of the old form, as Spotify still gives them for old playlists.
    started.scriptAlways(
        "/v1/playlists/" + SHARED,
        Scripted.edit(
            body ->
                body.replace(
                        "open.spotify.com/playlist/", "open.spotify.com/user/" + OLD + "/playlist/")
                    .replace(
                        "api.spotify.com/v1/playlists/",
                        "api.spotify.com/v1/users/" + OLD + "/playlists/")
                    .replace("spotify:playlist:", "spotify:user:" + OLD + ":playlist:")));
    return started;
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  static Stream<Arguments> treatments() {
    return Dialects.tried()
        .flatMap(dialect -> Stream.of("hash", "drop").map(how -> Arguments.of(dialect, how)));
  }

  @ParameterizedTest
  @MethodSource("treatments")
  void noUserIsAnywhereInTheLake(Dialect dialect, String addedBy) throws IOException {
    spotify.close();
    spotify = start(dialect);
    // What is no JSON names users as well, and is asked again.
    spotify.script(
        "/v1/playlists/" + ODD,
        Scripted.status(500, "no playlist of " + OLD),
        Scripted.json("{\"owner\":{\"id\":\"" + OLD + "\"}, \"added_by\":\"" + OLD),
        Scripted.status(502, "{\"owner\":{\"id\":\"" + OLD + "\"}}"));
    JobRun first = on(0, folder, "--addedBy=" + addedBy);
    assertThat(first.err(), first.exitCode(), is(0));
    holdsNoUser(first);
    assertThat(
        statuses(first).values(),
        contains(ReadStatus.READ, ReadStatus.READ, ReadStatus.METADATA_ONLY, ReadStatus.READ));
    assertThat(
        first.row().get("config").asText(), containsString("\"addedBy\":\"" + addedBy + "\""));
    for (Rejection rejection : first.own(new RejectionCodec())) {
      if (Reason.INVALID_ID.equals(rejection.reason())) {
        assertThat(
            List.of("[not shown]", "spotify:collection").contains(rejection.subjectId()), is(true));
      }
    }
    assertThat(playlist(first, SHARED).url(), is("https://open.spotify.com/playlist/" + SHARED));

    // What is unchanged and what cannot be read is carried.
    spotify.scriptAlways("/v1/playlists/" + ODD, Scripted.status(500, OLD));
    JobRun second = on(1, folder, "--addedBy=" + addedBy);
    holdsNoUser(second);
    assertThat(
        statuses(second).values(),
        contains(
            ReadStatus.UNCHANGED,
            ReadStatus.UNCHANGED,
            ReadStatus.METADATA_ONLY,
            ReadStatus.STALE));
    assertThat(users(second), equalTo(users(first)));
    assertThat(playlist(second, LONG).ownerName(), is("Olga"));

    // Replayed as they were, also where what is hashed is to be hashed.
    Path other = Files.createDirectory(folder.resolve("other"));
    for (int day = 0; day < 2; day++) {
      JobRun replay = JobRun.replay(DAY.plusDays(day), folder.resolve("lake/raw"), other);
      assertThat(PurityIT.rowsOf(replay), equalTo(PurityIT.rowsOf(day == 0 ? first : second)));
      holdsNoUser(replay);
    }
    JobRun again =
        JobRun.replay(DAY.plusDays(1), folder.resolve("lake/raw"), other, "--addedBy=" + addedBy);
    assertThat(PurityIT.rowsOf(again), equalTo(PurityIT.rowsOf(second)));
  }

  @Test
  void aHashTellsWhoIsTheSameAndADropNobody() {
    JobRun hashed = on(0, folder, "--addedBy=hash");
    String owner = Objects.requireNonNull(playlist(hashed, LONG).ownerId());
    assertThat(owner.matches("sha256:[0-9a-f]{32}"), is(true));
    List<PlaylistItem> items = hashed.own(new PlaylistItemCodec());
    // Alternately by two in both long ones, of whom one is in both.
    assertThat(
        items.stream().filter(item -> owner.equals(item.addedBy())).toList(), hasSize(115 + 60));
    assertThat(new TreeSet<>(users(hashed).values()), hasSize(3));
    assertThat(playlist(hashed, SHARED).ownerName(), is((String) null));
    assertThat(playlist(hashed, LONG).ownerName(), is("Olga"));

    Path other = folder.resolve("other");
    other.toFile().mkdirs();
    assertThat(users(on(0, other, "--addedBy=hash")).values().contains(owner), is(false));

    Path dropped = folder.resolve("dropped");
    dropped.toFile().mkdirs();
    JobRun drop = on(0, dropped, "--addedBy=drop");
    assertThat(new TreeSet<>(users(drop).values()), equalTo(new TreeSet<>(List.of("null"))));
    assertThat(Files.exists(drop.lake().resolve("_salt")), is(false));
  }

  /** Answers and rows of the days before may know users; what is written from now on does not. */
  @ParameterizedTest
  @ValueSource(strings = {"hash", "drop"})
  @LongProof
  void aLakeThatKnewUsersForgetsThemFromTodayOn(String addedBy) throws IOException {
    on(0, folder);
    // So that there is nothing to ask: all is stored already.
    JobRun kept = on(1, folder);
    assertThat("what is looked for is there", usersIn(kept.files()), equalTo(new TreeSet<>(USERS)));
    JobRun.awaitNextSecond();
    JobRun today = on(1, folder, "--addedBy=" + addedBy);
    assertThat(today.row().get("requests").asInt(), is(0));
    assertThat(usersIn(ofRun(today)), is(empty()));
    spotify.scriptAlways("/v1/playlists/" + ODD, Scripted.status(500, OLD));
    JobRun tomorrow = on(2, folder, "--addedBy=" + addedBy);
    assertThat(statuses(tomorrow).get(ODD), is(ReadStatus.STALE));
    assertThat(usersIn(ofDay(tomorrow, 2)), is(empty()));
    assertThat(users(tomorrow), equalTo(users(today)));
    // And back: what is carried stays as it is, what is asked for is as Spotify tells it.
    JobRun back = on(3, folder);
    assertThat(users(back).get(LONG + " 229"), equalTo(users(today).get(LONG + " 229")));
    assertThat(users(back).get(LONG + " 0"), is(OWNER));
  }

  /** The answers of a lake that keeps users, in a lake that does not. */
  @ParameterizedTest
  @ValueSource(strings = {"hash", "drop"})
  void answersThatKnowUsersAreReplayedWithoutThem(String addedBy) throws IOException {
    JobRun kept = on(0, folder);
    Path other = Files.createDirectory(folder.resolve("other"));
    JobRun replay = JobRun.replay(DAY, folder.resolve("lake/raw"), other, "--addedBy=" + addedBy);
    assertThat(replay.err(), replay.exitCode(), is(kept.exitCode()));
    holdsNoUser(replay);
    // As if they had been asked for that way.
    Path third = Files.createDirectory(folder.resolve("third"));
    Path lake = Files.createDirectory(third.resolve("lake"));
    if (addedBy.equals("hash")) {
      Files.copy(replay.lake().resolve("_salt"), lake.resolve("_salt"));
    }
    JobRun live = on(0, third, "--addedBy=" + addedBy);
    assertThat(users(live), equalTo(users(replay)));
    assertThat(
        live.own(new PlaylistCodec()).stream()
            .map(row -> row.ownerName() + row.url())
            .sorted()
            .toList(),
        equalTo(
            replay.own(new PlaylistCodec()).stream()
                .map(row -> row.ownerName() + row.url())
                .sorted()
                .toList()));
  }

  @Test
  @LongProof
  void everyRunnerShowsTheSame() {
    Map<String, String> direct = users(on(0, folder, "--addedBy=hash"));
    JobRun.awaitNextSecond();
    JobRun flink = on(0, folder, "--addedBy=hash", "--runner=FlinkRunner", "--parallelism=2");
    assertThat(flink.err(), users(flink), equalTo(direct));
    holdsNoUser(flink);
  }

  @Test
  void aSaltIsMadeOnceAndThatIsSaid() throws IOException {
    JobRun first = on(0, folder, "--addedBy=hash");
    String salt = Files.readString(first.lake().resolve("_salt"));
    assertThat(first.err(), containsString("--addedBy: made the salt of this lake's hashes, "));
    assertThat(first.out() + first.err(), not(containsString(salt.strip())));
    JobRun second = on(1, folder, "--addedBy=hash");
    assertThat(second.err(), not(containsString("salt")));
    assertThat(Files.readString(first.lake().resolve("_salt")), is(salt));
  }

  @Test
  void aSaltThatIsNoneEndsTheRunBeforeItAsks() throws IOException {
    Path lake = Files.createDirectory(folder.resolve("lake"));
    Files.writeString(lake.resolve("_salt"), "pepper");
    JobRun run = on(0, folder, "--addedBy=hash");
    assertThat(run.exitCode(), is(7));
    assertThat(
        run.errLines(),
        contains(containsString("lake/_salt is no salt (64 hexadecimal digits): put it back")));
    assertThat(Files.readString(lake.resolve("_salt")), is("pepper"));
    assertThat(spotify.requests(), is(empty()));
    assertThat(
        run.files().stream().filter(file -> !file.endsWith("started.json")).toList(),
        contains(lake.resolve("_salt")));
    // Who does not hash does not need it.
    assertThat(on(0, folder, "--addedBy=drop").exitCode(), is(0));
  }

  @Test
  void anotherWordIsNoTreatment() {
    JobRun run = on(0, folder, "--addedBy=Hash");
    assertThat(run.exitCode(), is(2));
    assertThat(run.errLines(), contains("--addedBy: 'Hash' is none of keep, hash, drop"));
  }

  private JobRun on(int day, Path into, String... flags) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("--playlists=" + LIST);
    return JobRun.on(DAY.plusDays(day), spotify, into, all.toArray(new String[0]));
  }

  private static void holdsNoUser(JobRun run) {
    assertThat(usersIn(run.files()), is(empty()));
  }

  private static List<Path> ofRun(JobRun run) {
    String runId = run.row().get("run_id").asText();
    return run.files().stream().filter(file -> file.toString().contains(runId)).toList();
  }

  private static List<Path> ofDay(JobRun run, int day) {
    String name = "ingest_date=" + DAY.plusDays(day);
    List<Path> files = run.files().stream().filter(file -> file.toString().contains(name)).toList();
    assertThat(
        files.stream().filter(file -> file.toString().contains("/raw/")).toList(), not(empty()));
    return files;
  }

  /** The users who are named in a file, its name included, as it lies there or unpacked. */
  private static TreeSet<String> usersIn(List<Path> files) {
    assertThat(files, not(empty()));
    TreeSet<String> found = new TreeSet<>();
    for (Path file : files) {
      String contents = (file + "\n" + contents(file)).toLowerCase(Locale.ROOT);
      USERS.stream().filter(contents::contains).forEach(found::add);
    }
    return found;
  }

  static String contents(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      if (file.toString().endsWith(".gz")) {
        return new String(new GZIPInputStream(in).readAllBytes(), UTF_8);
      } else if (file.toString().endsWith(".parquet")) {
        return new String(in.readAllBytes(), UTF_8) + LakeFolder.rows(file);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, ReadStatus> statuses(JobRun run) {
    Map<String, ReadStatus> statuses = new TreeMap<>();
    run.own(new PlaylistCodec()).forEach(row -> statuses.put(row.playlistId(), row.readStatus()));
    return statuses;
  }

  private static Playlist playlist(JobRun run, String id) {
    return run.own(new PlaylistCodec()).stream()
        .filter(row -> row.playlistId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  /** Who owns each playlist and who added each item. */
  private static Map<String, String> users(JobRun run) {
    Map<String, String> users = new TreeMap<>();
    run.own(new PlaylistCodec())
        .forEach(row -> users.put(row.playlistId(), String.valueOf(row.ownerId())));
    run.own(new PlaylistItemCodec())
        .forEach(
            row ->
                users.put(row.playlistId() + " " + row.position(), String.valueOf(row.addedBy())));
    assertThat(users.size(), is(4 + 230 + 120 + 5));
    return users;
  }

  private static PlaylistData playlist(
      String id, String ownerId, String ownerName, List<ItemData> items) {
    return new PlaylistData(
        id,
        "List",
        null,
        ownerId,
        ownerName,
        true,
        false,
        1,
        "s-" + id,
        null,
        items,
        Access.OPEN,
        null);
  }

  private static List<ItemData> items(int count, String... adders) {
    List<ItemData> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(ItemData.track("2026-01-01T00:00:00Z", adders[i % adders.length], track(i)));
    }
    return items;
  }

  private static TrackData track(int number) {
    ArtistData artist = new ArtistData(id("r", number % 7), "Artist", List.of(), 1, 1);
    AlbumData album =
        new AlbumData(
            id("m", number % 11),
            "Album",
            "album",
            "2020",
            "year",
            9,
            List.of(artist),
            "L",
            1,
            null);
    String id = id("t", number);
    return new TrackData(
        id, "spotify:track:" + id, "Song", 1000, false, 1, 1, 1, null, album, List.of(artist));
  }

  private static String id(String kind, int number) {
    return kind.repeat(22 - 4) + String.format(Locale.ROOT, "%04d", number);
  }
}
