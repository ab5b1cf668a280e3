package dev.playlistlake.io.spotify.land;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

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
import dev.playlistlake.model.run.FetchReport;
import java.nio.file.Path;
import java.time.Duration;
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
  void anAppWithoutBatchesLearnsSoFromOneRequest() throws Exception {
    try (SpotifyLab lab = lab(Dialect.RESTRICTED)) {
      LandedDetails result = lab.details(AUTO, albums(MANY), artists(MANY), FetchReport.start());
      assertThat(lab.asked(), hasSize(1));
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
      assertThat(lab.asked(), hasSize(1 + MANY + MANY));
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
