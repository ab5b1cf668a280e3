package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.RejectionCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stored answers give the rows of the run that stored them, with nobody there to ask. */
class ReplayTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final GeneratedCatalog CATALOG = GeneratedCatalog.of(3, 4, 230, 300);

  private final Path live;
  private final Path other;

  ReplayTest(@TempDir Path folder) throws IOException {
    this.live = Files.createDirectory(folder.resolve("live"));
    this.other = Files.createDirectory(folder.resolve("other"));
  }

  @Test
  void aLakeWithEveryKindOfGapIsReplayedAlike() {
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      JobRun run = on(0, spotify, String.join(",", SampleCatalog.playlistEntries()) + ",no id");
      assertThat(run.exitCode(), is(3));
      JobRun replay = replay(0);
      assertThat(replay.exitCode(), is(3));
      assertThat(replay.row().get("requests").asInt(), is(0));
      assertAlike(replay, run);
      for (String count : List.of("playlists_listed", "playlists_read", "playlists_rejected")) {
        assertThat(replay.row().get(count), equalTo(run.row().get(count)));
      }
    }
  }

  @Test
  void aRunThatWasStoppedIsReplayedWithItsGaps() {
    for (int budget : new int[] {0, 3, 17}) {
      try (SpotifyStandIn spotify = SpotifyStandIn.start(CATALOG, StandInOptions.defaults())) {
        // So far apart that nothing is young any more.
        JobRun run = on(10 * budget, spotify, ids(), "--requestBudget=" + budget);
        assertThat(run.err(), run.exitCode(), is(4));
        assertThat(run.own(new RejectionCodec()), not(empty()));
        assertAlike(replay(10 * budget), run);
      }
    }
  }

  @Test
  void failuresOfAnEarlierRunOfTheDayAreNoGapsOfTheLast() {
    try (SpotifyStandIn spotify = SpotifyStandIn.start(CATALOG, StandInOptions.defaults())) {
      spotify.scriptAlways("/v1/(albums|artists|playlists/.*/tracks)", Scripted.status(500, ""));
      JobRun first = on(0, spotify, ids());
      assertAlike(replay(0), first);
      spotify.clearScripts();
      // Asked anew, and half of it fails again.
      spotify.scriptAlways("/v1/artists", Scripted.status(500, ""));
      JobRun second = on(0, spotify, ids());
      assertThat(second.own(new RejectionCodec()), hasSize(greaterThan(0)));
      assertAlike(replay(0), second);
      spotify.clearScripts();
      JobRun third = on(0, spotify, ids(), "--maxAge=0");
      assertThat(third.own(new RejectionCodec()), is(empty()));
      assertAlike(replay(0), third);
      // What cannot be had anew keeps the day's answer, and has a gap beside it.
      spotify.scriptAlways("/v1/playlists/" + CATALOG.playlistIds().get(0), Scripted.reset());
      JobRun fourth = on(0, spotify, ids(), "--maxAge=0");
      assertThat(reasons(fourth), equalTo(Set.of(Reason.TIMEOUT)));
      assertAlike(replay(0), fourth);
    }
  }

  /** Alone, and where an asking anew that failed is stored beside it. */
  @Test
  void aDamagedAnswerIsAGapAndHarmsNoOther() throws IOException {
    try (SpotifyStandIn spotify = SpotifyStandIn.start(CATALOG, StandInOptions.defaults())) {
      on(0, spotify, ids());
      String id = CATALOG.playlistIds().get(0);
      Path object = live.resolve("lake/raw/ingest_date=" + DAY + "/playlist/" + id + ".jsonl.gz");
      byte[] whole = Files.readAllBytes(object);
      byte[] damaged = whole.clone();
      damaged[damaged.length / 2] ^= 1;
      Files.write(object, damaged);
      assertOnlyGap(replay(0), id);

      Files.write(object, whole);
      spotify.scriptAlways("/v1/playlists/" + id, Scripted.reset());
      JobRun anew = on(0, spotify, ids(), "--maxAge=0");
      assertThat(reasons(anew), equalTo(Set.of(Reason.TIMEOUT)));
      Files.write(object, damaged);
      assertOnlyGap(replay(0), id);
    }
  }

  private static void assertOnlyGap(JobRun run, String playlistId) {
    assertThat(run.err(), run.exitCode(), is(3));
    List<Rejection> gaps = run.own(new RejectionCodec());
    assertThat(gaps, hasSize(1));
    assertThat(gaps.get(0).playlistId(), is(playlistId));
    assertThat(gaps.get(0).reason(), is(Reason.NOTHING_TO_CARRY));
    assertThat(run.own(new PlaylistCodec()), hasSize(CATALOG.playlistIds().size() - 1));
  }

  @Test
  void anAppWithoutBatchesIsReplayedWithoutGaps() {
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(CATALOG, StandInOptions.defaults().withDialect(Dialect.RESTRICTED))) {
      JobRun run = on(0, spotify, ids());
      JobRun replay = replay(0);
      assertThat(replay.row().get("missing_capabilities").get(0).asText(), is("BATCH"));
      assertThat(replay.own(new RejectionCodec()), is(empty()));
      assertAlike(replay, run);
      JobRun oneByOne = on(1, spotify, ids(), "--enrich=albums,artists");
      assertThat(oneByOne.row().get("requests").asInt(), is(4 + 2 + 100 + 50));
      assertAlike(replay(1, "--enrich=albums,artists"), oneByOne);
    }
  }

  @Test
  void aDayThatLeansOnAnotherSaysSoWhereThatIsMissing() {
    try (SpotifyStandIn spotify = SpotifyStandIn.start(CATALOG, StandInOptions.defaults())) {
      on(0, spotify, ids());
      JobRun second = on(1, spotify, ids());
      assertThat(second.row().get("requests").asInt(), is(4));
      JobRun alone = replay(1);
      assertThat(alone.exitCode(), is(3));
      assertThat(reasons(alone), equalTo(Set.of(Reason.NOTHING_TO_CARRY)));
      for (Playlist playlist : alone.own(new PlaylistCodec())) {
        assertThat(playlist.readStatus(), is(ReadStatus.INCOMPLETE));
        assertThat(playlist.itemCount(), is(100));
      }
      // With the day before it is the same as ever.
      replay(0);
      assertAlike(replay(1), second);
    }
  }

  @Test
  void anotherListIsReadFromTheSameAnswers() {
    try (SpotifyStandIn spotify = SpotifyStandIn.start(CATALOG, StandInOptions.defaults())) {
      on(0, spotify, ids());
      String known = CATALOG.playlistIds().get(2);
      String unknown = "0123456789012345678901";
      JobRun replay = replay(0, "--playlists=" + known + "," + unknown);
      assertThat(replay.own(new PlaylistCodec()), hasSize(1));
      assertThat(reasons(replay), equalTo(Set.of(Reason.NOTHING_TO_CARRY)));
      assertThat(replay.err(), containsString(unknown));
    }
  }

  @Test
  void aPastDayOfSpotifyIsPublishedFromWhatItsLakeHasStored() {
    LocalDate yesterday = LocalDate.now(ZoneOffset.UTC).minusDays(1);
    try (SpotifyStandIn spotify = SpotifyStandIn.start(CATALOG, StandInOptions.defaults())) {
      Path lake = live.resolve("lake");
      JobRun run = JobRun.on(yesterday, spotify, live, "--ingestDate=" + yesterday, list());
      Map<LakeTable, List<String>> rows = PurityIT.rowsOf(run);
      spotify.clearLog();
      JobRun again = JobRun.of(list(), "--lake=" + lake, "--ingestDate=" + yesterday);
      assertThat(again.err(), again.exitCode(), is(0));
      JobRun there = new JobRun(again.exitCode(), again.out(), again.err(), lake);
      assertThat(PurityIT.rowsOf(there), equalTo(rows));

      LocalDate before = yesterday.minusDays(1);
      JobRun none = JobRun.of(list(), "--lake=" + lake, "--ingestDate=" + before);
      assertThat(none.exitCode(), is(2));
      assertThat(none.errLines(), contains(startsWith("--ingestDate: " + before + " is past")));
    }
  }

  @Test
  void whichDayIsMeantMustBeClear() {
    try (SpotifyStandIn spotify = SpotifyStandIn.start(CATALOG, StandInOptions.defaults())) {
      on(0, spotify, ids());
      Path raw = live.resolve("lake").resolve("raw");
      JobRun only = JobRun.of("--from=raw:" + raw + "/", "--lake=" + other.resolve("a"));
      assertThat(only.row().get("ingest_date").asText(), is(DAY.toString()));
      on(1, spotify, ids());
      JobRun two = JobRun.of("--from=raw:" + raw, "--lake=" + other.resolve("b"));
      assertThat(two.exitCode(), is(2));
      assertThat(
          two.errLines(),
          contains(
              "--ingestDate: is missing; '" + raw + "' holds 2 days, 2026-11-02 to 2026-11-03"));
      JobRun absent = replay(9);
      assertThat(absent.exitCode(), is(2));
      assertThat(absent.errLines(), contains(containsString("holds no answers of 2026-11-11")));
      JobRun above =
          JobRun.of("--from=raw:" + live.resolve("lake"), "--lake=" + other.resolve("c"));
      assertThat(above.errLines(), contains(containsString("raw:" + raw)));
    }
  }

  private JobRun on(int day, SpotifyStandIn spotify, String list, String... flags) {
    String[] all = new String[flags.length + 1];
    System.arraycopy(flags, 0, all, 0, flags.length);
    all[flags.length] = "--playlists=" + list;
    return JobRun.on(DAY.plusDays(day), spotify, live, all);
  }

  private JobRun replay(int day, String... flags) {
    return JobRun.replay(DAY.plusDays(day), live.resolve("lake").resolve("raw"), other, flags);
  }

  private static void assertAlike(JobRun replay, JobRun run) {
    Map<LakeTable, List<String>> rows = PurityIT.rowsOf(run);
    Map<LakeTable, List<String>> replayed = PurityIT.rowsOf(replay);
    for (LakeTable table : rows.keySet()) {
      assertThat(table.tableName(), replayed.get(table), equalTo(rows.get(table)));
    }
  }

  private static Set<Reason> reasons(JobRun run) {
    return run.own(new RejectionCodec()).stream()
        .map(Rejection::reason)
        .collect(Collectors.toSet());
  }

  private static String ids() {
    return String.join(",", CATALOG.playlistIds());
  }

  private static String list() {
    return "--playlists=" + ids();
  }
}
