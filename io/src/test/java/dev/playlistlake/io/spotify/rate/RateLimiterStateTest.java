package dev.playlistlake.io.spotify.rate;

import static dev.playlistlake.io.spotify.rate.SimulatedFetching.instant;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.io.sample.RateLimit;
import dev.playlistlake.io.spotify.rate.SimulatedFetching.Server;
import dev.playlistlake.model.run.RateLimiterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimiterStateTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Limits, callers' latency; over twenty windows from the end of the first refusal on. */
  @ParameterizedTest
  @CsvSource({"30,3,0.05", "30,3,0.2", "30,3,1", "180,30,0.05", "180,30,0.2", "180,30,1"})
  void usesARollingWindowAndIsHardlyEverRefused(int requests, int seconds, double latency) {
    for (int seed = 0; seed < 20; seed++) {
      RateLimit limit = new RateLimit(requests, Duration.ofSeconds(seconds));
      SimulatedFetching fetching = new SimulatedFetching(limit::retryAfter, 16, latency, seed);
      fetching.until(25 * seconds + 30);
      double from = fetching.digestedAt();
      double to = from + 20 * seconds;
      assertThat(from, is(greaterThan((double) seconds)));
      assertThat("seed " + seed, fetching.accepted(from, to), is(atLeast(0.95 * 20 * requests)));
      assertThat("seed " + seed, fetching.refusedShare(from, to), is(lessThanOrEqualTo(0.01)));
    }
  }

  private static Matcher<Long> atLeast(double count) {
    return greaterThanOrEqualTo((long) Math.ceil(count));
  }

  @Test
  void staysJustUnderTheLimitForHours() {
    RateLimit limit = new RateLimit(30, Duration.ofSeconds(3));
    SimulatedFetching fetching = new SimulatedFetching(limit::retryAfter, 16, 0.05, 1).until(7200);
    assertThat(fetching.accepted(3600, 7200), is(atLeast(0.97 * 10 * 3600)));
    assertThat(fetching.refusedShare(3600, 7200), is(lessThan(0.002)));
  }

  @ParameterizedTest
  @CsvSource({"0.25,30,3", "0.5,30,3", "0.8,30,3", "0.25,180,30", "0.5,180,30", "0.8,180,30"})
  void findsALoweredLimitWithinMinutes(double factor, int requests, int seconds) {
    SimulatedFetching fetching = changing(factor, requests, seconds);
    double allowed = Math.round(factor * requests) * 300.0 / seconds;
    assertThat(fetching.accepted(900, 1200), is(atLeast(0.95 * allowed)));
    assertThat(fetching.refusedShare(900, 1200), is(lessThan(0.01)));
    // On the way there, too, most requests are let through.
    assertThat(fetching.refusedShare(200, 500), is(lessThan(0.05)));
  }

  @ParameterizedTest
  @CsvSource({"1.5,30,3", "2,30,3", "4,30,3", "1.5,180,30", "2,180,30", "4,180,30"})
  void findsARaisedLimitWithinMinutes(double factor, int requests, int seconds) {
    SimulatedFetching fetching = changing(factor, requests, seconds);
    double allowed = Math.round(factor * requests) * 300.0 / seconds;
    assertThat(fetching.accepted(1200, 1500), is(atLeast(0.95 * allowed)));
    assertThat(fetching.refusedShare(200, 1500), is(lessThan(0.01)));
  }

  /** A limit that changes after 200 seconds. */
  private static SimulatedFetching changing(double factor, int requests, int seconds) {
    RateLimit limit = new RateLimit(requests, Duration.ofSeconds(seconds));
    Server server =
        nanos -> {
          if (nanos > 200_000_000_000L) {
            limit.change((int) Math.round(factor * requests));
          }
          return limit.retryAfter(nanos);
        };
    return new SimulatedFetching(server, 16, 0.05, 1).until(1500);
  }

  /** Other kinds of limit than the one that the first refusal is understood by. */
  @ParameterizedTest
  @CsvSource({"10,30", "2,100", "6,180"})
  void findsTheRateOfATokenBucket(double perSecond, double size) {
    double[] bucket = {size, 0};
    Server server =
        nanos -> {
          double now = nanos / 1e9;
          bucket[0] = Math.min(size, bucket[0] + (now - bucket[1]) * perSecond);
          bucket[1] = now;
          if (bucket[0] >= 1) {
            bucket[0]--;
            return 0;
          }
          return (long) Math.max(1, Math.ceil((1 - bucket[0]) / perSecond));
        };
    SimulatedFetching fetching = new SimulatedFetching(server, 16, 0.05, 1).until(900);
    assertThat(fetching.accepted(300, 900), is(atLeast(0.95 * 600 * perSecond)));
    assertThat(fetching.refusedShare(300, 900), is(lessThan(0.01)));
  }

  @ParameterizedTest
  @CsvSource({"30,3,2", "180,30,20"})
  void findsTheRateOfAFixedWindow(int requests, int seconds, double phase) {
    long[] window = {-1, 0};
    Server server =
        nanos -> {
          double at = nanos / 1e9 + phase;
          long number = (long) (at / seconds);
          if (number != window[0]) {
            window[0] = number;
            window[1] = 0;
          }
          return ++window[1] <= requests
              ? 0
              : (long) Math.max(1, Math.ceil((number + 1) * seconds - at));
        };
    SimulatedFetching fetching = new SimulatedFetching(server, 16, 0.05, 1).until(900);
    assertThat(fetching.accepted(300, 900), is(atLeast(0.95 * 600 * requests / seconds)));
    assertThat(fetching.refusedShare(300, 900), is(lessThan(0.01)));
  }

  /** One in twenty, whatever the rate, and each asks for a second. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void refusalsThatHaveNothingToDoWithTheRateDoNotStrangle(int callers) {
    for (int seed = 0; seed < 20; seed++) {
      Random faults = new Random(seed);
      Server server = nanos -> faults.nextInt(20) == 0 ? 1 : 0;
      SimulatedFetching fetching = new SimulatedFetching(server, callers, 0.05, seed);
      fetching.until(1e6, 400);
      assertThat("400 with seed " + seed, fetching.now(), is(lessThan(160.0)));
      fetching.until(1e6, 4_000);
      assertThat("4000 with seed " + seed, fetching.now(), is(lessThan(4_000.0)));
    }
  }

  @Test
  void nothingHoldsRequestsBackBeforeTheFirstRefusal() {
    RateLimiterState pace = new RateLimiterState(16, RateLimiterSnapshot.open());
    for (int i = 0; i < 16; i++) {
      assertThat(pace.earliest(), is(Instant.EPOCH));
      pace.sent(instant(0));
    }
    assertThat(pace.earliest(), is(nullValue()));
    pace.responded(instant(0));
    assertThat(pace.earliest(), is(Instant.EPOCH));
  }

  @Test
  void aFirstRefusalMeasuresTheRateWithTheAnswersThatComeAfterIt() {
    RateLimiterState pace = burst(16, 16);
    pace.throttled(instant(0), instant(0.1), Duration.ofSeconds(3));
    for (int i = 0; i < 15; i++) {
      pace.responded(instant(0));
    }
    pace.sent(instant(3.1));
    // 15 in 3 seconds: one less, and a little.
    assertThat(pace.snapshot().rate().perSecond(), is(closeTo(14 / 3.0, 0.05)));
    assertThat(secondsUntil(pace, 3.1), is(closeTo(0.215, 0.003)));
  }

  @Test
  void requestsThatWereUnderWayAreRefusedTogether() {
    RateLimiterState pace = burst(16, 16);
    for (int i = 0; i < 16; i++) {
      pace.throttled(instant(0), instant(0.1 + i / 100.0), SECOND);
    }
    assertThat(pace.snapshot().window(), is(8.0));
    assertThat(pace.earliest(), is(instant(1.25)));
  }

  @Test
  void theWindowHalvesAtEachRefusalAndOpensByOneAWindowOfAnswers() {
    RateLimiterState pace = new RateLimiterState(16, RateLimiterSnapshot.open());
    for (int i = 0; i < 6; i++) {
      pace.sent(instant(10 * i));
      pace.throttled(instant(10 * i), instant(10 * i + 1), SECOND);
    }
    assertThat(pace.snapshot().window(), is(1.0));
    for (int i = 0; i < 3; i++) {
      pace.sent(instant(100));
      pace.responded(instant(100));
    }
    assertThat(pace.snapshot().window(), is(allOf(greaterThan(2.5), lessThan(3.0))));
  }

  @Test
  void aLateCallerMakesUpForAQuarterOfAnIntervalAtMost() {
    RateLimiterState pace = paced();
    pace.sent(instant(4));
    double interval = secondsUntil(pace, 4);
    pace.sent(instant(4 + 1.1 * interval));
    assertThat(secondsUntil(pace, 4), is(closeTo(2 * interval, 1e-6)));
    pace.sent(instant(9));
    assertThat(secondsUntil(pace, 9), is(closeTo(0.75 * interval, 1e-6)));
  }

  @Test
  void afterAPauseThereIsNoBurst() {
    RateLimiterState pace = paced();
    pace.sent(instant(4));
    pace.throttled(instant(4), instant(4.5), Duration.ofSeconds(20));
    assertThat(pace.earliest(), is(instant(24.5)));
    pace.sent(instant(24.5));
    assertThat(secondsUntil(pace, 24.5), is(greaterThan(0.1)));
  }

  @Test
  void aRefusalWithoutAWaitStillTeachesARate() {
    RateLimiterState pace = burst(64, 64);
    for (int i = 0; i < 60; i++) {
      pace.responded(instant(0));
    }
    pace.throttled(instant(0), instant(0.1), Duration.ZERO);
    assertThat(pace.snapshot().rate().perSecond(), is(closeTo(58.7, 0.1)));
  }

  @Test
  void whatIsKnownServesTheNextStage() {
    RateLimiterState pace = paced();
    pace.sent(instant(4));
    pace.throttled(instant(4), instant(4.5), Duration.ofSeconds(20));
    RateLimiterState next = new RateLimiterState(16, pace.snapshot());
    assertThat(next.earliest(), is(instant(24.5)));
    assertThat(next.snapshot(), is(pace.snapshot()));
    next.sent(instant(30));
    next.sent(instant(30));
    assertThat(secondsUntil(next, 30), is(greaterThan(0.1)));
  }

  /** What one stage had sent counts where the next one meets the limit. */
  @Test
  void theRowOfRequestsGoesOnInTheNextStage() {
    RateLimiterState pace = burst(16, 16);
    for (int i = 0; i < 16; i++) {
      pace.responded(instant(0));
    }
    RateLimiterState next = new RateLimiterState(16, pace.snapshot());
    for (int i = 0; i < 14; i++) {
      next.sent(instant(1));
      next.responded(instant(1));
    }
    next.sent(instant(1));
    next.throttled(instant(1), instant(1.1), Duration.ofSeconds(2));
    assertThat(next.snapshot().rate().perSecond(), is(closeTo(29 / 3.0, 0.05)));
  }

  /** Requests sent at once at the start. */
  private static RateLimiterState burst(int widest, int requests) {
    RateLimiterState pace = new RateLimiterState(widest, RateLimiterSnapshot.open());
    for (int i = 0; i < requests; i++) {
      pace.sent(instant(0));
    }
    return pace;
  }

  /** One that has met 16 in 3 seconds. */
  private static RateLimiterState paced() {
    RateLimiterState pace = burst(17, 17);
    for (int i = 0; i < 16; i++) {
      pace.responded(instant(0));
    }
    pace.throttled(instant(0), instant(0.1), Duration.ofSeconds(3));
    return pace;
  }

  private static double secondsUntil(RateLimiterState pace, double from) {
    Instant earliest = pace.earliest();
    return earliest == null ? -1 : Duration.between(instant(from), earliest).toNanos() / 1e9;
  }
}
