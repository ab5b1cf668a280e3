package dev.playlistlake.io.spotify.land;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LandedDetails;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.model.run.RateEstimate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests for details: ceil(A/20) + ceil(R/50), or 1, or 1 + A + R. */
@SuppressWarnings("NullAway") // a null fails the test
class DetailLandingTest {
  private static final Enrichment AUTO = new Enrichment(true, true, false);
  private static final Enrichment INSIST = new Enrichment(true, true, true);
  private static final int MANY = 101;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  private static List<String> albums(int count) {
    return IntStream.range(0, count).mapToObj(i -> SpotifyLab.id("album t" + i)).toList();
  }

  private static List<String> artists(int count) {
    return IntStream.range(0, count).mapToObj(i -> SpotifyLab.id("artist t" + i)).toList();
  }

  private SpotifyLab lab(Dialect dialect) {
    SpotifyLab lab = new SpotifyLab(lake, dialect);
    lab.catalog.put(SpotifyLab.playlist(SpotifyLab.id("p"), MANY));
    return lab;
  }

  private static Map<String, StoredDetailResponses.StoredDetail> said(
      LandedDetails result, SubjectType kind) {
    Map<String, StoredDetailResponses.StoredDetail> said = new HashMap<>();
    for (StoredResponseRef landed : result.landed()) {
      if (landed.kind() == kind) {
        Map<String, StoredDetailResponses.StoredDetail> ofObject =
            StoredDetailResponses.of(RawObject.read(landed.path()).orElseThrow());
        ids(landed).forEach(id -> said.computeIfAbsent(id, ofObject::get));
      }
    }
    return said;
  }

  private static List<String> ids(StoredResponseRef landed) {
    return Stream.concat(landed.rowsOf().stream(), landed.gapsOf().stream()).toList();
  }

  @Test
  void batchesAreFilledOverTheWholeRun() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      List<String> shuffled = new ArrayList<>(albums(MANY));
      Collections.shuffle(shuffled, new Random(1));
      LandedDetails result = lab.details(AUTO, shuffled, artists(MANY), FetchReport.start());
      assertThat(lab.asked(), hasSize(6 + 3));
      assertThat(lab.asked().get(0), startsWith("/v1/albums?ids="));
      assertThat(said(result, SubjectType.ALBUM).keySet(), hasSize(MANY));
      assertThat(said(result, SubjectType.ARTIST).keySet(), hasSize(MANY));
      assertThat(result.report().missingCapabilities(), is(empty()));
    }
  }

  @Test
  void anAppWithoutBatchesLearnsSoFromOneRefusalAndItsConfirmation() throws Exception {
    try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
      LandedDetails result = lab.details(AUTO, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(lab.asked(), hasSize(2));
      assertThat(result.report().missingCapabilities(), contains("BATCH"));
      assertThat(result.landed(), hasSize(1));
      assertThat(ids(result.landed().get(0)), is(empty()));
    }
  }

  @Test
  void aRerunOfTheDayNeedsNotEvenThatOne() throws Exception {
    try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
      lab.details(AUTO, albums(MANY), artists(MANY), FetchReport.start());
      lab.spotify.clearLog();
      lab.newRun();
      LandedDetails result = lab.details(AUTO, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(lab.asked(), is(empty()));
      assertThat(result.report().missingCapabilities(), contains("BATCH"));
    }
  }

  @Test
  void whoInsistsGetsThemOneByOne() throws Exception {
    try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
      LandedDetails result = lab.details(INSIST, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(lab.asked(), hasSize(2 + MANY + MANY));
      assertThat(said(result, SubjectType.ALBUM).keySet(), hasSize(MANY));
      assertThat(said(result, SubjectType.ARTIST).keySet(), hasSize(MANY));
    }
  }

  @Test
  void onlyWhatIsWantedIsAsked() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      lab.details(new Enrichment(false, true, true), albums(MANY), artists(3), FetchReport.start());
      assertThat(lab.asked(), contains(startsWith("/v1/artists?ids=")));
      lab.spotify.clearLog();
      lab.newRun();
      lab.details(new Enrichment(false, false, false), albums(3), artists(3), FetchReport.start());
      assertThat(lab.asked(), is(empty()));
    }
  }

  @Test
  void aRerunAsksOnlyForIdsWithoutAnAnswer() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      lab.details(AUTO, albums(25), List.of(), FetchReport.start());
      lab.spotify.clearLog();
      lab.newRun();
      LandedDetails result = lab.details(AUTO, albums(30), List.of(), FetchReport.start());
      assertThat(lab.asked(), hasSize(1));
      assertThat(said(result, SubjectType.ALBUM).keySet(), hasSize(30));
    }
  }

  @Test
  void anUnknownIdIsAnAnswer() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      String unknown = SpotifyLab.id("nobody");
      LandedDetails result =
          lab.details(AUTO, List.of(), List.of(unknown, artists(1).get(0)), FetchReport.start());
      Map<String, StoredDetailResponses.StoredDetail> said = said(result, SubjectType.ARTIST);
      assertThat(said.get(unknown).refusal(), is(Reason.NOT_FOUND));
      assertThat(said.get(artists(1).get(0)).object().get("name").asText(), is("Artist"));
    }
  }

  @Test
  void oneBudgetHoldsForPlaylistsAndDetails() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      lab.budget = 10L;
      FetchReport spent = new FetchReport(null, null, null, 8, List.of());
      LandedDetails result = lab.details(AUTO, albums(MANY), artists(MANY), spent);
      assertThat(lab.asked(), hasSize(2));
      assertThat(result.report().stoppedBy(), is(Reason.BUDGET_SPENT));
      assertThat(result.report().requests(), is(10L));
      assertAllAccounted(result);
    }
  }

  @Test
  void afterAStopNothingIsSentAndEachIdIsAccountedFor() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      FetchReport stopped = new FetchReport(null, Reason.QUOTA_EXCEEDED, null, 8, List.of());
      LandedDetails result = lab.details(AUTO, albums(MANY), artists(MANY), stopped);
      assertThat(lab.spotify.requests(), is(empty()));
      assertAllAccounted(result);
      RawObject object = RawObject.read(result.landed().get(0).path()).orElseThrow();
      assertThat(object.outcome(), is(RawOutcome.NONE));
      assertThat(object.reason(), is(Reason.QUOTA_EXCEEDED));
    }
  }

  private static void assertAllAccounted(LandedDetails result) {
    List<String> ids = result.landed().stream().flatMap(landed -> ids(landed).stream()).toList();
    assertThat(ids, hasSize(2 * MANY));
    assertThat(ids.stream().distinct().toList(), hasSize(2 * MANY));
  }

  @Test
  void aFailedBatchRejectsItsIdsOnly() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      lab.spotify.scriptAlways("/v1/artists", Scripted.status(500, ""));
      LandedDetails result = lab.details(AUTO, albums(20), artists(50), FetchReport.start());
      assertThat(lab.asked(), hasSize(1 + 5));
      assertThat(said(result, SubjectType.ALBUM).keySet(), hasSize(20));
      assertThat(said(result, SubjectType.ARTIST).keySet(), is(empty()));
      assertThat(result.landed(), hasSize(2));
    }
  }

  /** A family that is closed is left for today; the other kind goes on. */
  @Test
  void aClosedFamilyOfBatchesLeavesTheOtherKind() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      lab.spotify.quota("/v1/albums", 2, Duration.ofDays(1));
      LandedDetails result = lab.details(AUTO, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(said(result, SubjectType.ARTIST).keySet(), hasSize(MANY));
      assertThat(said(result, SubjectType.ALBUM).keySet(), hasSize(40));
      assertThat(left(result, SubjectType.ALBUM), is(MANY - 40));
      assertThat(result.report().stoppedBy(), is(nullValue()));
      assertThat(result.report().closedFamilies().get(0).family(), is("/v1/albums"));
      assertThat(result.report().missingCapabilities(), is(empty()));
      lab.spotify.clearQuotas();
      lab.spotify.clearLog();
      lab.newRun();
      lab.details(AUTO, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(lab.asked(), hasSize(4));
    }
  }

  /** The other kind finds out what the closed one could not. */
  @Test
  void anAppWithoutBatchesIsNotMistakenForOneWithAClosedFamily() throws Exception {
    for (Enrichment enrichment : List.of(AUTO, INSIST)) {
      try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
        lab.newRun();
        lab.spotify.quota("/v1/albums", 0, Duration.ofDays(1));
        LandedDetails result = lab.details(enrichment, albums(3), artists(3), FetchReport.start());
        assertThat(result.report().missingCapabilities(), contains("BATCH"));
        int expected = enrichment.alsoOneByOne() ? 3 : 0;
        assertThat(said(result, SubjectType.ALBUM).keySet(), hasSize(expected));
        assertThat(left(result, SubjectType.ALBUM), is(0));
      }
    }
  }

  @Test
  void singlesStopAtTheirBudgetAndGoOnInALaterRun() throws Exception {
    try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
      Enrichment some = new Enrichment(true, true, true, 50);
      lab.details(some, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(singles(lab), hasSize(50));
      lab.newRun();
      LandedDetails second = lab.details(some, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(singles(lab), hasSize(100));
      assertThat(singles(lab).stream().distinct().toList(), hasSize(100));
      int rest = left(second, SubjectType.ALBUM) + left(second, SubjectType.ARTIST);
      assertThat(rest, is(2 * MANY - 100));
      assertThat(second.report().stoppedBy(), is(nullValue()));
    }
  }

  /** Never detailed, then most items, then oldest, then id; young ones for 90 days not at all. */
  @Test
  void singlesAreOrdered() throws Exception {
    Instant old = SpotifyLab.DAY.minusDays(200).atStartOfDay(ZoneOffset.UTC).toInstant();
    Instant young = SpotifyLab.DAY.minusDays(30).atStartOfDay(ZoneOffset.UTC).toInstant();
    List<String> albums = albums(6);
    List<DetailState> states =
        List.of(
            new DetailState(albums.get(0), young, 1000),
            new DetailState(albums.get(1), old.minusSeconds(9), 7),
            new DetailState(albums.get(2), old, 9),
            new DetailState(albums.get(3), null, 1),
            new DetailState(albums.get(4), null, 5),
            new DetailState(albums.get(5), null, 1));
    for (int budget : new int[] {1, 2, 3, 4, 5, 9}) {
      try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
        lab.concurrency = 1;
        for (int run = 0; run < budget; run++) {
          lab.newRun();
        }
        lab.details(new Enrichment(true, true, true, budget), states, FetchReport.start());
        List<String> order =
            Stream.of(4, 3, 5, 2, 1).map(i -> "/v1/albums/" + albums.get(i)).toList();
        assertThat(singles(lab), is(order.subList(0, Math.min(budget, 5))));
      }
      deleteRaw();
    }
  }

  @Test
  void aClosedFamilyOfSinglesLeavesTheOtherKind() throws Exception {
    try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
      lab.spotify.quota("/v1/artists/{id}", 10, Duration.ofDays(1));
      lab.concurrency = 1;
      LandedDetails result = lab.details(INSIST, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(said(result, SubjectType.ALBUM).keySet(), hasSize(MANY));
      assertThat(said(result, SubjectType.ARTIST).keySet(), hasSize(10));
      assertThat(left(result, SubjectType.ARTIST), is(MANY - 10));
      assertThat("the eleventh closes it", singles(lab), hasSize(MANY + 11));
    }
  }

  /** A removed endpoint may answer 429 from its first request: no rate is learned from that. */
  @Test
  void aFirstBatchThatGetsNothingBut429sMeansNoBatches() throws Exception {
    try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
      lab.spotify.scriptAlways(
          "/v1/(albums|artists)\\?ids=",
          Scripted.status(429, "{\"error\":{\"status\":429,\"message\":\"Too many\"}}")
              .withHeader("Retry-After", "2"));
      LandedDetails result = lab.details(INSIST, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(result.report().missingCapabilities(), contains("BATCH"));
      assertThat(lab.asked(), hasSize(5 + MANY + MANY));
      assertThat(said(result, SubjectType.ALBUM).keySet(), hasSize(MANY));
      assertThat(result.report().rateLimiter().rate(), is(RateEstimate.unknown()));
      assertThat(result.report().stoppedBy(), is(nullValue()));
      lab.newRun();
      lab.spotify.clearLog();
      LandedDetails again = lab.details(AUTO, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(again.report().missingCapabilities(), contains("BATCH"));
      assertThat(lab.asked(), is(empty()));
    }
  }

  @Test
  void abatchRefusedForTheRateAfterOthersWorkedIsAGap() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      lab.concurrency = 1;
      lab.spotify.scriptAlways(
          "/v1/artists\\?ids=", Scripted.status(429, "{}").withHeader("Retry-After", "1"));
      LandedDetails result = lab.details(AUTO, albums(20), artists(50), FetchReport.start());
      assertThat(result.report().missingCapabilities(), is(empty()));
      assertThat(said(result, SubjectType.ARTIST).keySet(), is(empty()));
      assertThat(result.landed(), hasSize(2));
    }
  }

  @Test
  void a404OnBatchesMeansNoBatchesToo() throws Exception {
    try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
      lab.spotify.scriptAlways(
          "/v1/(albums|artists)\\?ids=",
          Scripted.status(404, "{\"error\":{\"status\":404,\"message\":\"Not found.\"}}"));
      LandedDetails result = lab.details(AUTO, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(result.report().missingCapabilities(), contains("BATCH"));
      assertThat(left(result, SubjectType.ALBUM), is(0));
    }
  }

  private static List<String> singles(SpotifyLab lab) {
    return lab.asked().stream().filter(request -> !request.contains("?ids=")).toList();
  }

  /** How many of a kind stand in the object of what was left. */
  private static int left(LandedDetails result, SubjectType kind) {
    return result.landed().stream()
        .filter(landed -> landed.kind() == kind && landed.path().contains("unasked"))
        .mapToInt(landed -> landed.gapsOf().size())
        .sum();
  }

  private void deleteRaw() {
    LakeFiles.deleteTree(lake.resolve("raw").toString());
  }

  /** As if the playlists' stage had run on another machine: only its report goes on. */
  @Test
  void detailsWaitForWhatThePlaylistsWereTold() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED)) {
      String limited = SpotifyLab.id("limited");
      lab.spotify.scriptAlways(limited, Scripted.status(429, "{}").withHeader("Retry-After", "50"));
      FetchReport report = lab.land(limited).report();
      Duration before = lab.clock.slept();
      lab.details(AUTO, albums(1), List.of(), report);
      assertThat(lab.clock.slept().minus(before), is(greaterThan(Duration.ofSeconds(45))));
    }
  }
}
