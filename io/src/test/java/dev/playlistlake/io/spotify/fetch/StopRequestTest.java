package dev.playlistlake.io.spotify.fetch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.spotify.land.PlaylistLanding;
import dev.playlistlake.io.spotify.land.SpotifyLab;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LandedDetails;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.FetchReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody wants the asking to end: what is sent still, and how each subject ends. */
class StopRequestTest {
  private static final String ID = SpotifyLab.id("p1");
  private static final Enrichment AUTO = new Enrichment(true, true, false);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path lake;

  @AfterEach
  void clear() {
    StopRequest.clear();
  }

  private SpotifyLab lab() {
    return new SpotifyLab(lake, Dialect.EXTENDED);
  }

  private static Scripted thenStop(Scripted answer) {
    return answer.then(StopRequest::raise);
  }

  @Test
  void beforeTheFirstRequestNothingIsSentNotEvenForAToken() throws Exception {
    try (SpotifyLab lab = lab()) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      StopRequest.raise();
      PlaylistLanding.Result result = lab.land(ID);
      assertThat(lab.spotify.requests(), is(empty()));
      assertThat(result.report().stoppedBy(), is(Reason.INTERRUPTED));
      assertThat(result.report().resumeAt(), is(nullValue()));
      RawObject unasked = RawObject.read(result.landed().get(0).path()).orElseThrow();
      assertThat(unasked.reason(), is(Reason.INTERRUPTED));
      assertThat(result.landed().get(0).rowsOf(), is(List.of(ID)));
    }
  }

  @Test
  void requestsInFlightAreAwaitedAndNoneFollows() throws Exception {
    int inFlight = 4;
    CyclicBarrier allSent = new CyclicBarrier(inFlight, StopRequest::raise);
    try (SpotifyLab lab = lab()) {
      lab.concurrency = inFlight;
      List<String> ids = IntStream.range(0, 10).mapToObj(i -> SpotifyLab.id("p" + i)).toList();
      ids.forEach(id -> lab.catalog.put(SpotifyLab.playlist(id, 5)));
      lab.spotify.scriptAlways("/v1/", Scripted.normal().then(() -> await(allSent)));
      PlaylistLanding.Result result = lab.land(ids.toArray(new String[0]));
      assertThat(lab.asked(), hasSize(inFlight));
      assertThat(result.report().stoppedBy(), is(Reason.INTERRUPTED));
      assertThat(result.report().requests(), is((long) inFlight));
      List<RawOutcome> outcomes =
          result.landed().stream()
              .filter(landed -> landed.rowsOf().size() == 1)
              .map(landed -> RawObject.read(landed.path()).orElseThrow().outcome())
              .toList();
      assertThat(outcomes, hasSize(inFlight));
      assertThat(outcomes, not(hasItem(RawOutcome.NONE)));
      assertThat(
          result.landed().stream().mapToInt(landed -> landed.rowsOf().size()).sum(),
          is(ids.size()));
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("not all requests came", e);
    }
  }

  @Test
  void betweenTwoPagesAPartStays() throws Exception {
    try (SpotifyLab lab = lab()) {
      lab.concurrency = 1;
      lab.catalog.put(SpotifyLab.playlist(ID, 350));
      lab.spotify.script("offset=100", thenStop(Scripted.normal()));
      lab.land(ID);
      assertThat(lab.asked(), hasSize(2));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.PARTIAL));
      assertThat(lab.stored(ID).reason(), is(Reason.INTERRUPTED));
      assertThat(lab.slots(ID), hasSize(200));
    }
  }

  @Test
  void nothingIsTriedAgain() throws Exception {
    for (Scripted fault : List.of(Scripted.status(500, ""), Scripted.reset())) {
      StopRequest.clear();
      try (SpotifyLab lab = lab()) {
        lab.catalog.put(SpotifyLab.playlist(ID, 5));
        lab.spotify.script("/v1/", thenStop(fault));
        lab.land(ID);
        assertThat(lab.asked(), hasSize(1));
        assertThat(lab.stored(ID).outcome(), is(RawOutcome.NONE));
        assertThat(lab.stored(ID).reason(), is(Reason.INTERRUPTED));
      }
    }
  }

  @Test
  void noFreshTokenIsFetched() throws Exception {
    try (SpotifyLab lab = lab()) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.spotify.script("/v1/", thenStop(Scripted.status(401, "{}")));
      PlaylistLanding.Result result = lab.land(ID);
      assertThat(lab.spotify.requests(), hasSize(2));
      assertThat(result.report().isAuthorised(), is(true));
      assertThat(lab.stored(ID).reason(), is(Reason.INTERRUPTED));
    }
  }

  @Test
  void a404ThatIsNotConfirmedIsNotBelieved() throws Exception {
    try (SpotifyLab lab = lab()) {
      lab.spotify.script("/v1/", thenStop(Scripted.status(404, "{}")));
      lab.land(ID);
      assertThat(lab.asked(), hasSize(1));
      assertThat(lab.stored(ID).reason(), is(Reason.INTERRUPTED));
    }
  }

  /** Nobody wanted to ask any more: the run is whole. */
  @Test
  void atTheLastRequestItChangesNothing() throws Exception {
    try (SpotifyLab lab = lab()) {
      lab.catalog.put(SpotifyLab.playlist(ID, 150));
      // The first answer, and in the end the last look.
      lab.spotify.script(ID + "\\?", Scripted.normal(), thenStop(Scripted.normal()));
      PlaylistLanding.Result result = lab.land(ID);
      assertThat(lab.asked(), hasSize(3));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(result.report().stoppedBy(), is(nullValue()));
    }
  }

  @Test
  void whereAllIsStoredItChangesNothing() throws Exception {
    try (SpotifyLab lab = lab()) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.land(ID);
      StopRequest.raise();
      assertThat(lab.land(ID).report().stoppedBy(), is(nullValue()));
    }
  }

  @Test
  void afterTheFirstBatchOfDetailsTheOthersAreAccountedFor() throws Exception {
    try (SpotifyLab lab = lab()) {
      lab.concurrency = 1;
      lab.catalog.put(SpotifyLab.playlist(ID, 50));
      List<String> albums = IntStream.range(0, 50).mapToObj(i -> "album t" + i).toList();
      lab.spotify.script("/v1/albums", thenStop(Scripted.normal()));
      LandedDetails result =
          lab.details(
              AUTO,
              albums.stream().map(SpotifyLab::id).toList(),
              List.of(SpotifyLab.id("artist t1")),
              FetchReport.start());
      assertThat(lab.asked(), hasSize(1));
      assertThat(result.report().stoppedBy(), is(Reason.INTERRUPTED));
      assertThat(
          result.landed().stream()
              .flatMap(landed -> Stream.concat(landed.rowsOf().stream(), landed.gapsOf().stream()))
              .distinct()
              .toList(),
          hasSize(51));
    }
  }

  @Test
  void whereNoDetailIsMissingItChangesNothing() throws Exception {
    try (SpotifyLab lab = lab()) {
      StopRequest.raise();
      LandedDetails result = lab.details(AUTO, List.of(), List.of(), FetchReport.start());
      assertThat(result.report().stoppedBy(), is(nullValue()));
    }
  }

  @Test
  void aSpentBudgetIsTheReasonThatCounts() throws Exception {
    try (SpotifyLab lab = lab()) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.budget = 0L;
      StopRequest.raise();
      assertThat(lab.land(ID).report().stoppedBy(), is(Reason.BUDGET_SPENT));
    }
  }
}
