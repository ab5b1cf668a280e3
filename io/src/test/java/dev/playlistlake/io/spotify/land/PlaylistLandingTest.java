package dev.playlistlake.io.spotify.land;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.fetch.RunLimits;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.model.ClosedFamily;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.FetchReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is asked, in which order, and how it ends: design §6 held against the stand-in's log. */
class PlaylistLandingTest {
  private static final String ID = SpotifyLab.id("p1");
  private static final String OTHER = SpotifyLab.id("p2");
  private static final String FIRST = "/v1/playlists/" + ID + "?additional_types=track%2Cepisode";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  /** 1 where the first answer holds all; else first answer, pages, and the first answer again. */
  @ParameterizedTest
  @CsvSource({
    "EXTENDED,0,1",
    "EXTENDED,100,1",
    "EXTENDED,101,3",
    "EXTENDED,200,3",
    "EXTENDED,201,4",
    "EXTENDED,11000,111",
    "RESTRICTED,100,1",
    "RESTRICTED,101,3",
    "RESTRICTED,151,4",
    "RESTRICTED,11000,220"
  })
  void asksTheFewest(Dialect dialect, int items, int requests) throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, dialect)) {
      lab.catalog.put(SpotifyLab.playlist(ID, items));
      lab.land(ID);
      assertThat(lab.asked(), hasSize(requests));
      assertThat(lab.asked().get(0), is(FIRST));
      assertThat(lab.asked().get(requests - 1), is(FIRST));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(lab.stored(ID).attempts(), hasSize(requests));
      assertHoldsAll(lab, items);
    }
  }

  private static void assertHoldsAll(SpotifyLab lab, int items) {
    List<PlaylistItem> read = lab.slots(ID).stream().map(slot -> slot.seen().item()).toList();
    assertThat(
        read.stream().map(PlaylistItem::position).toList(),
        is(IntStream.range(0, items).boxed().toList()));
    assertThat(
        read.stream().map(PlaylistItem::itemName).toList(),
        is(IntStream.range(0, items).mapToObj(i -> "t" + i).toList()));
  }

  @Test
  void pagesOfBothDialectsAreAskedWhereTheyLie() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 101));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 101).withDialect(Dialect.RESTRICTED));
      lab.concurrency = 1;
      lab.land(ID, OTHER);
      String types = "&additional_types=track%2Cepisode";
      assertThat(lab.asked(), hasSize(6));
      assertThat(
          lab.asked().get(1), is("/v1/playlists/" + ID + "/tracks?limit=100&offset=100" + types));
      assertThat(
          lab.asked().get(4), is("/v1/playlists/" + OTHER + "/items?limit=50&offset=100" + types));
    }
  }

  @Test
  void pagesOfAStartedPlaylistComeBeforeANewFirstAnswer() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 350));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 10));
      lab.concurrency = 1;
      lab.land(ID, OTHER);
      assertThat(lab.asked(), hasSize(6));
      assertThat(lab.asked().get(5), startsWith("/v1/playlists/" + OTHER));
    }
  }

  @Test
  void refusalsAreConfirmedOnceAndAMissingPlaylistAtTheEnd() throws Exception {
    String missing = SpotifyLab.id("missing");
    String editorial = "37i9dQZF1DXcBWIGoYBM5M";
    String closed = SpotifyLab.id("closed");
    String hidden = SpotifyLab.id("hidden");
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.RESTRICTED)) {
      lab.catalog.put(SpotifyLab.playlist(closed, 5).withAccess(Access.FORBIDDEN));
      lab.catalog.put(SpotifyLab.playlist(hidden, 5).withAccess(Access.METADATA_ONLY));
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.concurrency = 1;
      lab.land(missing, editorial, closed, hidden, ID);
      assertThat(lab.asked(), hasSize(8));
      assertThat(lab.asked().get(7), startsWith("/v1/playlists/" + missing));
      assertEnded(lab, missing, RawOutcome.REJECTED, Reason.NOT_FOUND);
      assertEnded(lab, editorial, RawOutcome.REJECTED, Reason.NOT_READABLE_BY_THIS_APP);
      assertEnded(lab, closed, RawOutcome.REJECTED, Reason.FORBIDDEN);
      assertEnded(lab, hidden, RawOutcome.METADATA_ONLY, Reason.NOT_READABLE_BY_THIS_APP);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
    }
  }

  @Test
  void aSingle404IsNotBelieved() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 150));
      lab.spotify.script("/v1/playlists/", Scripted.status(404, "{}"));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(lab.asked(), hasSize(4));
      assertHoldsAll(lab, 150);
    }
  }

  /** Request Timeout and Too Early are no refusals, neither live nor in a replay. */
  @ParameterizedTest
  @ValueSource(ints = {408, 425})
  void whatCanBeRetriedIsNotARefusal(int status) throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 350));
      lab.concurrency = 1;
      lab.spotify.script("/v1/playlists/" + ID + "?", Scripted.status(status, "{}"));
      lab.spotify.script("/v1/playlists/" + ID + "/tracks", Scripted.status(status, "{}"));
      lab.land(ID);
      assertThat(
          lab.stored(ID).attempts().stream().map(RawAttempt::status).toList(),
          contains(status, 200, status, 200, 200, 200, 200));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertHoldsAll(lab, 350);
    }
  }

  @Test
  void anEditWhilePagingIsReadAgainWhole() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 250));
      lab.concurrency = 1;
      // Same length, other items: only the last look can tell.
      lab.spotify.script(
          "offset=200", Scripted.normal().then(() -> lab.catalog.edit(ID, SpotifyLabEdits::swap)));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      // First answer, two pages, a look that shows the edit, two pages, a look.
      assertThat(lab.asked(), hasSize(7));
      assertThat(lab.slots(ID).get(0).seen().item().itemName(), is("t249"));
      assertThat(lab.slots(ID), hasSize(250));
    }
  }

  @Test
  void aTotalThatMovesEndsThePassAtOnce() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 450));
      lab.concurrency = 1;
      lab.spotify.script(
          "offset=100",
          Scripted.normal().then(() -> lab.catalog.edit(ID, SpotifyLabEdits::dropFirst)));
      lab.land(ID);
      // First answer and the page that shows the edit; then five in peace, and a look.
      assertThat(lab.asked(), hasSize(2 + 5 + 1));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(lab.slots(ID), hasSize(449));
      assertThat(lab.slots(ID).get(0).seen().item().itemName(), is("t1"));
    }
  }

  @Test
  void aPlaylistThatNeverRestsIsTorn() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 150));
      lab.spotify.scriptAlways(
          "offset=100", Scripted.normal().then(() -> lab.catalog.edit(ID, SpotifyLabEdits::swap)));
      lab.land(ID);
      assertEnded(lab, ID, RawOutcome.PARTIAL, Reason.TORN_READ);
      assertThat(lab.asked(), hasSize(1 + 3 * 2));
    }
  }

  @Test
  void aSnapshotIdThatDiffersAtEveryRequestProvesNothing() throws Exception {
    AtomicInteger counter = new AtomicInteger();
    StandInOptions options =
        StandInOptions.defaults().withSnapshotIds(() -> "snapshot" + counter.incrementAndGet());
    try (SpotifyLab lab = new SpotifyLab(lake, options)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 150));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(lab.asked(), hasSize(3));
    }
  }

  @Test
  void aShortPageIsContinuedFromItsEnd() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 300));
      lab.spotify.script("limit=100&offset=100", Scripted.edit(SpotifyLabEdits::onlyTenItems));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(lab.asked(), hasSize(5));
      assertThat(
          lab.asked().stream().filter(path -> path.contains("limit=90&offset=110")).toList(),
          hasSize(1));
      assertHoldsAll(lab, 300);
    }
  }

  static Stream<Arguments> passingFaults() {
    return Stream.of(
        Arguments.of("500", Scripted.status(500, "{}")),
        Arguments.of("503", Scripted.status(503, "busy")),
        Arguments.of("429", Scripted.status(429, "{}").withHeader("Retry-After", "1")),
        Arguments.of("429 without a wait", Scripted.status(429, "{}")),
        Arguments.of("reset", Scripted.reset()),
        Arguments.of("truncated", Scripted.truncated()),
        Arguments.of(
            "HTML", Scripted.bytes(200, "<html>".getBytes(StandardCharsets.UTF_8), "text/html")),
        Arguments.of("empty", Scripted.json("")),
        Arguments.of("JSON of another shape", Scripted.json("{\"error\":{}}")),
        Arguments.of("401", Scripted.status(401, "{\"error\":{\"status\":401}}")),
        Arguments.of("half of the JSON", Scripted.edit(body -> body.substring(0, 300))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passingFaults")
  void aPassingFaultCostsOneRequest(String name, Scripted fault) throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 150));
      lab.spotify.script("/v1/playlists/", fault);
      lab.spotify.script("offset=100", fault);
      PlaylistLanding.Result result = lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(lab.asked(), hasSize(3 + 2));
      assertThat(result.report().requests(), is(5L));
      assertHoldsAll(lab, 150);
    }
  }

  static Stream<Arguments> lastingFaults() {
    return Stream.of(
        Arguments.of(Scripted.status(502, ""), Reason.SERVER_ERROR, 5),
        Arguments.of(Scripted.truncated(), Reason.TIMEOUT, 5),
        Arguments.of(Scripted.json("[]"), Reason.MALFORMED_ANSWER, 5),
        Arguments.of(Scripted.status(400, "{}"), Reason.MALFORMED_ANSWER, 2),
        Arguments.of(
            Scripted.status(429, "{}").withHeader("Retry-After", "2"), Reason.RATE_LIMITED, 5));
  }

  @ParameterizedTest
  @MethodSource("lastingFaults")
  void aLastingFaultIsGivenUpAndOthersGoOn(Scripted fault, Reason reason, int requests)
      throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 5));
      lab.spotify.scriptAlways(ID, fault);
      lab.land(ID, OTHER);
      assertEnded(lab, ID, RawOutcome.NONE, reason);
      assertThat(lab.stored(ID).attempts(), hasSize(requests));
      assertThat(lab.stored(OTHER).outcome(), is(RawOutcome.COMPLETE));
    }
  }

  @Test
  void aPageThatCannotBeHadLeavesAPart() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 250));
      // Slowly, so that the page behind it is under way before this one is given up.
      lab.spotify.scriptAlways(
          "offset=100", Scripted.status(500, "").then(PlaylistLandingTest::aWhile));
      lab.land(ID);
      assertEnded(lab, ID, RawOutcome.PARTIAL, Reason.SERVER_ERROR);
      assertThat(lab.slots(ID), hasSize(150));
      assertThat(lab.slots(ID).get(149).seen().item().position(), is(249));
    }
  }

  private static void aWhile() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aUsedUpQuotaClosesItsFamily() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.concurrency = 1;
      lab.spotify.scriptAlways(
          OTHER,
          Scripted.status(
                  429,
                  "{\"error\":{\"status\":429,\"message\":\"Too many requests\","
                      + "\"reason\":\"QUOTA_EXCEEDED\"}}")
              .withHeader("Retry-After", "30"));
      PlaylistLanding.Result result = lab.land(ID, OTHER, SpotifyLab.id("p3"));
      assertThat(lab.asked(), hasSize(2));
      assertThat(result.report().stoppedBy(), is(nullValue()));
      RawAttempt refused = lab.stored(OTHER).attempts().get(0);
      Instant resumeAt = refused.fetchedAt().plusSeconds(30);
      assertThat(
          result.report().closedFamilies(),
          contains(new ClosedFamily("/v1/playlists/{id}", resumeAt)));
      FetchReport stopped = result.report().leftUnreadByQuota();
      assertThat(stopped.stoppedBy(), is(Reason.QUOTA_EXCEEDED));
      assertThat(stopped.resumeAt(), is(resumeAt));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertEnded(lab, OTHER, RawOutcome.NONE, Reason.QUOTA_EXCEEDED);
      StoredResponseRef unasked = result.landed().get(2);
      assertThat(unasked.rowsOf(), contains(SpotifyLab.id("p3")));
      RawObject object = RawObject.read(unasked.path()).orElseThrow();
      assertThat(object.reason(), is(Reason.QUOTA_EXCEEDED));
    }
  }

  /** A page is of another family than the first answer. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void pagesAreClosedAloneAndFirstAnswersGoOn(Dialect dialect) throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, dialect)) {
      String pages = "/v1/playlists/{id}/" + (dialect == Dialect.EXTENDED ? "tracks" : "items");
      lab.catalog.put(SpotifyLab.playlist(ID, 230));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 230));
      lab.catalog.put(SpotifyLab.playlist(SpotifyLab.id("p3"), 5));
      lab.spotify.quota(pages, 1, Duration.ofDays(1));
      lab.concurrency = 1;
      PlaylistLanding.Result result = lab.land(ID, OTHER, SpotifyLab.id("p3"));
      assertEnded(lab, ID, RawOutcome.PARTIAL, Reason.QUOTA_EXCEEDED);
      assertEnded(lab, OTHER, RawOutcome.PARTIAL, Reason.QUOTA_EXCEEDED);
      assertThat(lab.stored(SpotifyLab.id("p3")).outcome(), is(RawOutcome.COMPLETE));
      assertThat("three first answers, a page, a refusal", lab.asked(), hasSize(3 + 1 + 1));
      assertThat(result.report().closedFamilies().get(0).family(), is(pages));
    }
  }

  @Test
  void aLongWaitStopsInsteadOfSleeping() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.spotify.script(ID, Scripted.status(429, "{}").withHeader("Retry-After", "61"));
      PlaylistLanding.Result result = lab.land(ID);
      assertThat(result.report().stoppedBy(), is(Reason.RATE_LIMITED));
      assertThat(result.report().resumeAt(), is(notNullValue()));
      assertThat(lab.clock.sleeps(), is(empty()));
    }
  }

  @Test
  void theBudgetCountsRetriesAndNothingGoesBeyondIt() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 5));
      lab.concurrency = 1;
      lab.budget = 2L;
      lab.spotify.script(ID, Scripted.status(500, ""));
      PlaylistLanding.Result result = lab.land(ID, OTHER);
      assertThat(lab.asked(), hasSize(2));
      assertThat(result.report().stoppedBy(), is(Reason.BUDGET_SPENT));
      assertThat(result.report().resumeAt(), is(nullValue()));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
    }
  }

  @Test
  void aRerunAsksOnlyForWhatHasNoFinalAnswer() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 5));
      lab.spotify.scriptAlways(OTHER, Scripted.status(500, ""));
      lab.land(ID, OTHER);
      lab.spotify.clearScripts();
      lab.spotify.clearLog();
      lab.newRun();
      PlaylistLanding.Result result = lab.land(ID, OTHER);
      assertThat(lab.asked(), contains(startsWith("/v1/playlists/" + OTHER)));
      assertThat(result.landed(), hasSize(2));
      assertThat(lab.stored(OTHER).outcome(), is(RawOutcome.COMPLETE));
    }
  }

  @Test
  void maxAgeZeroAsksForAllAgainButNeverLosesAFinalAnswer() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.land(ID);
      lab.newRun();
      lab.spotify.clearLog();
      lab.spotify.scriptAlways(ID, Scripted.status(500, ""));
      PlaylistLanding.Result result = lab.land(lab.refreshPolicy(0), List.of(ID));
      assertThat(lab.asked(), hasSize(5));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      // The earlier answer's rows, and beside them the gap with its five attempts.
      assertThat(result.landed(), hasSize(2));
      StoredResponseRef gap = result.landed().get(1);
      assertThat(gap.rowsOf(), is(empty()));
      assertThat(gap.gapsOf(), contains(ID));
      assertThat(RawObject.read(gap.path()).orElseThrow().attempts(), hasSize(5));
    }
  }

  @Test
  void aFinalAnswerThatAnotherRunStoresMeanwhileIsKept() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      RawStore ofOther = new RawStore(RawDay.of(lab.newRun()), "playlist");
      lab.newRun();
      lab.spotify.script(
          ID,
          Scripted.status(500, "")
              .then(
                  () ->
                      ofOther.write(
                          ID, new RawObject.Draft(), RawOutcome.REJECTED, Reason.FORBIDDEN)));
      lab.spotify.scriptAlways(ID, Scripted.status(500, ""));
      PlaylistLanding.Result result = lab.land(ID);
      assertThat(lab.asked(), hasSize(5));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.REJECTED));
      assertThat(result.landed(), hasSize(2));
      // The better answer tells its own gap; the other's requests are counted, no more.
      assertThat(result.landed().get(1).gapsOf(), is(empty()));
    }
  }

  @Test
  void neverMoreInFlightThanAllowedAndAsManyAsThat() throws Exception {
    StandInOptions slow = StandInOptions.defaults().withLatency(Duration.ofMillis(30));
    try (SpotifyLab lab = new SpotifyLab(lake, slow)) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String id = SpotifyLab.id("many" + i);
        lab.catalog.put(SpotifyLab.playlist(id, 3));
        ids.add(id);
      }
      lab.concurrency = 7;
      lab.land(lab.refreshPolicy(7), ids);
      assertThat(lab.spotify.mostInFlight(), is(lessThanOrEqualTo(7)));
      assertThat(lab.spotify.mostInFlight(), is(greaterThan(4)));
    }
  }

  /** One request in twenty is refused, and a second's wait asked for, whatever the rate. */
  @Test
  void refusalsByChanceNeitherLoseAPlaylistNorStrangleTheRun() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      List<String> ids = IntStream.range(0, 400).mapToObj(i -> SpotifyLab.id("c" + i)).toList();
      ids.forEach(id -> lab.catalog.put(SpotifyLab.playlist(id, 1)));
      Random chance = new Random(1);
      lab.spotify.scriptAlways(
          request -> !request.isToken() && chance.nextInt(20) == 0,
          Scripted.status(429, "{}").withHeader("Retry-After", "1"));
      PlaylistLanding.Result result = lab.land(lab.refreshPolicy(7), ids);
      assertThat(result.report().requests(), is(greaterThan(410L)));
      for (String id : ids) {
        assertThat(lab.stored(id).outcome(), is(RawOutcome.COMPLETE));
      }
      assertThat(lab.clock.slept(), is(lessThan(Duration.ofSeconds(200))));
    }
  }

  @Test
  void oneTokenServesAll() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 900));
      lab.land(ID);
      assertThat(
          lab.spotify.requests().stream().filter(request -> request.isToken()).toList(),
          hasSize(1));
    }
  }

  @Test
  void aListThatIsWholeHereNeedsNoSignIn() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.land(ID);
      lab.newRun();
      lab.spotify.clearLog();
      lab.land(ID);
      assertThat(lab.spotify.requests(), is(empty()));
    }
  }

  @Test
  void aRefusedSignInLandsNothing() throws Exception {
    StandInOptions other = StandInOptions.defaults().withClientSecret("another");
    try (SpotifyLab lab = new SpotifyLab(lake, other)) {
      PlaylistLanding.Result result = lab.land(ID, OTHER);
      assertThat(result.report().refusal(), is("invalid_client"));
      assertThat(result.landed(), is(empty()));
      assertThat(lab.asked(), is(empty()));
    }
  }

  @Test
  void aSecond404IsOnlyBelievedWithoutAnAnswerBetween() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 150));
      Scripted missing = Scripted.status(404, "{}");
      lab.spotify.script(
          "additional_types", missing, Scripted.normal(), Scripted.normal(), missing);
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      // 404, first answer, page, 404, and the look that believes neither.
      assertThat(lab.asked(), hasSize(5));
      assertHoldsAll(lab, 150);
    }
  }

  @Test
  void anAccountsServiceThatIsAwayForAMomentIsNoRefusal() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.spotify.script("^/v1/playlists/", Scripted.status(401, "{}"));
      lab.spotify.script("^/api/token", Scripted.normal(), Scripted.status(503, ""));
      PlaylistLanding.Result result = lab.land(ID);
      assertThat(result.report().isAuthorised(), is(true));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
    }
  }

  @Test
  void aRefusalMidwayStopsAndKeepsWhatThereIs() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 5));
      lab.concurrency = 1;
      lab.spotify.script(OTHER, Scripted.status(401, "{}"));
      lab.spotify.script(
          "^/api/token", Scripted.normal(), Scripted.status(400, "{\"error\":\"invalid_client\"}"));
      PlaylistLanding.Result result = lab.land(ID, OTHER);
      assertThat(result.report().isAuthorised(), is(true));
      assertThat(result.report().stoppedBy(), is(Reason.INVALID_GRANT));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertEnded(lab, OTHER, RawOutcome.NONE, Reason.INVALID_GRANT);
      assertThat(result.landed(), hasSize(2));
    }
  }

  @Test
  void a401AfterASuccessIsAGapOfItsPlaylistOnly() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 5));
      lab.concurrency = 1;
      lab.spotify.scriptAlways(OTHER, Scripted.status(401, "{}"));
      PlaylistLanding.Result result = lab.land(ID, OTHER);
      assertThat(result.report().isAuthorised(), is(true));
      assertEnded(lab, OTHER, RawOutcome.NONE, Reason.FORBIDDEN);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
    }
  }

  @Test
  void wrongCredentialsAreSentOnce() throws Exception {
    StandInOptions other = StandInOptions.defaults().withClientSecret("another");
    try (SpotifyLab lab = new SpotifyLab(lake, other)) {
      List<String> ids = IntStream.range(0, 40).mapToObj(i -> SpotifyLab.id("q" + i)).toList();
      lab.land(lab.refreshPolicy(7), ids);
      assertThat(lab.spotify.requests(), hasSize(1));
    }
  }

  @Test
  void aSpentBudgetNeedsNoSignIn() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.budget = 0L;
      PlaylistLanding.Result result = lab.land(ID);
      assertThat(lab.spotify.requests(), is(empty()));
      assertThat(result.report().stoppedBy(), is(Reason.BUDGET_SPENT));
    }
  }

  @Test
  void aBudgetThatEndsInAPlaylistLeavesAPart() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 950));
      lab.concurrency = 2;
      lab.budget = 3L;
      lab.land(ID);
      assertThat(lab.asked(), hasSize(3));
      assertEnded(lab, ID, RawOutcome.PARTIAL, Reason.BUDGET_SPENT);
      assertThat(lab.slots(ID), hasSize(300));
    }
  }

  @Test
  void aLakeThatCannotBeWrittenEndsTheAsking() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.catalog.put(SpotifyLab.playlist(OTHER, 5));
      lab.spotify.scriptAlways(OTHER, Scripted.status(500, ""));
      Files.createDirectories(lake.resolve("raw/ingest_date=2026-11-20"));
      Files.writeString(lake.resolve("raw/ingest_date=2026-11-20/playlist"), "in the way");
      assertThrows(LakeException.class, () -> lab.land(ID, OTHER));
    }
  }

  @Test
  void aBugInAThreadFailsTheRunAndHangsNobody() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.concurrency = 1;
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            try (SpotifyConnection source = lab.source()) {
              RunLimits asked = new RunLimits(null, FetchReport.start());
              List<FetchPlan> subjects =
                  List.of(new BrokenSubject(), PlaylistFetch.fetching(ID, null, false));
              assertThrows(
                  IllegalStateException.class,
                  () -> source.fetchLoop(asked).run(subjects, work -> {}));
            }
          });
    }
  }

  @Test
  void storedAttemptsTellWhatHappenedAndHoldNoToken() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.spotify.script(
          ID, Scripted.reset(), Scripted.status(503, "busy").withHeader("Retry-After", "1"));
      lab.land(ID);
      List<RawAttempt> attempts = lab.stored(ID).attempts();
      assertThat(attempts, hasSize(3));
      assertThat(attempts.get(0).status(), is(nullValue()));
      assertThat(attempts.get(0).request(), is("GET " + FIRST));
      assertThat(attempts.get(1).status(), is(503));
      assertThat(attempts.get(1).body(), is("busy"));
      assertThat(attempts.get(1).headers().get("retry-after"), is("1"));
      assertThat(attempts.get(2).status(), is(200));
      assertThat(attempts.get(2).body(), endsWith("}"));
      for (RawAttempt attempt : attempts) {
        assertThat(attempt.headers().keySet(), everyItem(not("authorization")));
      }
    }
  }

  /** Fails as only a bug does, when its answer is read. */
  private static final class BrokenSubject implements FetchPlan {
    private final PlaylistFetch reading =
        PlaylistFetch.fetching(SpotifyLab.id("broken"), null, false);

    @Override
    public String name() {
      return reading.name();
    }

    @Override
    public List<ApiRequest> next() {
      return reading.next();
    }

    @Override
    public List<ApiRequest> atTheEnd() {
      return List.of();
    }

    @Override
    public boolean dropIfObsolete(ApiRequest request) {
      return false;
    }

    @Override
    public Parsed parse(ApiRequest request, RawAttempt answer) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public void succeeded(ApiRequest request, RawAttempt answer, Parsed parsed) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public void refused(ApiRequest request, Reason why, Instant at) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public void failed(ApiRequest request, Reason reason) {
      throw new IllegalStateException("a bug");
    }

    @Override
    public @Nullable RawOutcome outcome() {
      return null;
    }

    @Override
    public @Nullable Reason reason() {
      return null;
    }
  }

  private static void assertEnded(SpotifyLab lab, String id, RawOutcome outcome, Reason reason) {
    RawObject stored = lab.stored(id);
    assertThat(stored.outcome(), is(outcome));
    assertThat(stored.reason(), is(reason));
  }

  /** Edits that a test makes while a playlist is being read. */
  static final class SpotifyLabEdits {
    private SpotifyLabEdits() {}

    static PlaylistData swap(PlaylistData playlist) {
      List<ItemData> items = new ArrayList<>(playlist.items());
      Collections.swap(items, 0, items.size() - 1);
      return playlist.withItems(items).withSnapshotId("edited" + System.nanoTime());
    }

    static PlaylistData dropFirst(PlaylistData playlist) {
      return playlist
          .withItems(playlist.items().subList(1, playlist.items().size()))
          .withSnapshotId("edited");
    }

    static String onlyTenItems(String body) {
      try {
        ObjectNode page = (ObjectNode) new ObjectMapper().readTree(body);
        ArrayNode items = (ArrayNode) page.get("items");
        while (items.size() > 10) {
          items.remove(10);
        }
        page.remove("next");
        return page.toString();
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
