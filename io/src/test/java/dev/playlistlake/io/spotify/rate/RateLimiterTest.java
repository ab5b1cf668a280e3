package dev.playlistlake.io.spotify.rate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.io.spotify.fetch.RunLimits;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.FetchReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RateLimiterTest {
  private static final Instant START = Instant.parse("2026-11-20T06:00:00Z");

  private final RunLimits asked = new RunLimits(null, FetchReport.start());
  private final TestClock clock = TestClock.at(START);
  private final List<Duration> throttled = new ArrayList<>();
  private final RateLimiter rateLimiter =
      new RateLimiter(
          4, asked::maySend, asked.rateLimiter(), asked::learned, clock, clock, throttled::add);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void endThreads() throws InterruptedException {
    for (Thread thread : threads) {
      thread.interrupt();
      thread.join();
    }
  }

  /** Threads that each enter once; when each got in, as far as they did. */
  private List<Instant> entering(RateLimiter entered, int count) throws InterruptedException {
    List<Instant> in = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch started = new CountDownLatch(count);
    for (int i = 0; i < count; i++) {
      Thread thread =
          new Thread(
              () -> {
                started.countDown();
                try {
                  Instant at = entered.acquire();
                  if (at != null) {
                    in.add(at);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    started.await(5, TimeUnit.SECONDS);
    return in;
  }

  /** How many of so many threads get in within a moment. */
  private int getIn(int count) throws InterruptedException {
    List<Instant> in = entering(rateLimiter, count);
    Thread.sleep(200);
    endThreads();
    threads.clear();
    return in.size();
  }

  private static Instant in(@Nullable Instant at) {
    return Objects.requireNonNull(at);
  }

  @Test
  void noMoreThanTheWindowGetIn() throws Exception {
    assertThat(getIn(6), is(4));
    rateLimiter.responded(START);
    assertThat(getIn(3), is(1));
  }

  @Test
  void aRefusalHalvesTheWindowAndAnswersOpenItSlowly() throws Exception {
    rateLimiter.throttled(in(rateLimiter.acquire()), Duration.ZERO);
    assertThat(getIn(6), is(2));
    // Two answers at a window of two: one place more.
    rateLimiter.responded(START);
    rateLimiter.responded(START);
    assertThat(getIn(6), is(2));
    rateLimiter.responded(START);
    assertThat(getIn(6), is(2));
  }

  @Test
  void aRequestThatWasNotSentGivesItsPlaceBack() throws Exception {
    assertThat(getIn(4), is(4));
    rateLimiter.released();
    assertThat(getIn(4), is(1));
  }

  @Test
  void oneWaitsAllWait() throws Exception {
    RateLimiter wide =
        new RateLimiter(
            16, asked::maySend, asked.rateLimiter(), asked::learned, clock, clock, throttled::add);
    wide.throttled(in(wide.acquire()), Duration.ofSeconds(7));
    List<Instant> in = entering(wide, 8);
    for (Thread thread : threads) {
      thread.join(5_000);
    }
    assertThat(in, is(Collections.nCopies(8, START.plusSeconds(7))));
    assertThat(clock.slept(), is(Duration.ofSeconds(7)));
    assertThat(clock.sleeps(), everyItem(is(lessThanOrEqualTo(Duration.ofMillis(250)))));
  }

  @Test
  void stretchesOfWaitingThatOverlapCountOnce() throws Exception {
    Instant first = in(rateLimiter.acquire());
    Instant second = in(rateLimiter.acquire());
    rateLimiter.throttled(first, Duration.ofSeconds(7));
    rateLimiter.throttled(second, Duration.ofSeconds(9));
    rateLimiter.throttled(second, Duration.ofSeconds(2));
    assertThat(throttled, contains(Duration.ofSeconds(7), Duration.ofSeconds(2)));
  }

  @Test
  void aWaitEndsSoonAfterTheAsking() throws Exception {
    Sleeper stopping =
        time -> {
          clock.sleep(time);
          if (clock.slept().compareTo(Duration.ofSeconds(1)) >= 0) {
            asked.stop(Reason.INTERRUPTED, null);
          }
        };
    RateLimiter stopped =
        new RateLimiter(
            4,
            asked::maySend,
            asked.rateLimiter(),
            asked::learned,
            clock,
            stopping,
            throttled::add);
    stopped.throttled(in(stopped.acquire()), Duration.ofSeconds(60));
    assertThat(stopped.acquire(), is(nullValue()));
    assertThat(clock.slept(), is(Duration.ofSeconds(1)));
  }

  @Test
  void whoWaitsForAPlaceLeavesSoonAfterTheAsking() throws Exception {
    assertThat(getIn(4), is(4));
    List<Instant> in = entering(rateLimiter, 3);
    asked.stop(Reason.INTERRUPTED, null);
    for (Thread thread : threads) {
      thread.join(5_000);
      assertThat(thread.isAlive(), is(false));
    }
    assertThat(in, is(empty()));
  }

  /** Sixteen threads that have met thirty in three seconds. */
  @Test
  void threadsFollowEachOtherEvenlyAtTheAllowedRate() throws Exception {
    RateLimiter wide =
        new RateLimiter(
            64, asked::maySend, asked.rateLimiter(), asked::learned, clock, clock, throttled::add);
    Instant first = in(wide.acquire());
    for (int i = 0; i < 30; i++) {
      wide.responded(in(wide.acquire()));
    }
    wide.throttled(first, Duration.ofSeconds(3));
    List<Instant> in = entering(wide, 16);
    for (Thread thread : threads) {
      thread.join(5_000);
    }
    List<Instant> sorted = in.stream().sorted().toList();
    assertThat(sorted, hasSize(16));
    assertThat(sorted.get(0), is(START.plusSeconds(3)));
    for (int i = 1; i < 16; i++) {
      double apart = Duration.between(sorted.get(i - 1), sorted.get(i)).toNanos() / 1e9;
      assertThat(apart, is(closeTo(3 / 29.0 / 0.995, 0.001)));
    }
  }

  @Test
  void aLaterStageWaitsForWhatAnEarlierOneWasTold() throws Exception {
    rateLimiter.throttled(in(rateLimiter.acquire()), Duration.ofSeconds(9));
    RunLimits later = new RunLimits(null, asked.report(List.of()));
    RateLimiter next =
        new RateLimiter(
            4, later::maySend, later.rateLimiter(), later::learned, clock, clock, throttled::add);
    assertThat(next.acquire(), is(START.plusSeconds(9)));
    assertThat(later.report(List.of()).rateLimiter().window(), is(2.0));
  }
}
