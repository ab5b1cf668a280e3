package dev.playlistlake.io.spotify;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GateTest {
  private final List<Duration> sleeps = new ArrayList<>();
  private final MovingClock clock = new MovingClock();
  private final Gate gate =
      new Gate(
          4,
          clock,
          time -> {
            sleeps.add(time);
            clock.now = clock.now.plus(time);
          });

  /** A clock that stands still until somebody sleeps. */
  private static final class MovingClock extends Clock {
    private Instant now = Instant.parse("2026-11-20T06:00:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  /** How many get in within a moment. */
  private int entering(int threads) throws InterruptedException {
    AtomicInteger in = new AtomicInteger();
    List<Thread> waiting = new ArrayList<>();
    CountDownLatch started = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      Thread thread =
          new Thread(
              () -> {
                started.countDown();
                try {
                  gate.enter();
                  in.incrementAndGet();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.setDaemon(true);
      thread.start();
      waiting.add(thread);
    }
    started.await(5, TimeUnit.SECONDS);
    for (Thread thread : waiting) {
      thread.join(300);
    }
    for (Thread thread : waiting) {
      thread.interrupt();
      thread.join();
    }
    return in.get();
  }

  @Test
  void lessThanTheWindowGetIn() throws Exception {
    assertThat(entering(6), is(4));
    gate.leave();
    assertThat(entering(3), is(1));
  }

  @Test
  void aRefusalHalvesTheWindowAndAnswersOpenItSlowly() throws Exception {
    gate.enter();
    gate.refused(Duration.ZERO);
    assertThat(entering(6), is(2));
    // Two answers at a window of two: one place more.
    gate.leave();
    gate.leave();
    assertThat(entering(6), is(2));
    gate.leave();
    assertThat(entering(6), is(2));
  }

  @Test
  void oneWaitsAllWait() throws Exception {
    gate.enter();
    gate.refused(Duration.ofSeconds(7));
    gate.enter();
    assertThat(sleeps, contains(Duration.ofSeconds(7)));
    gate.enter();
    assertThat(sleeps, contains(Duration.ofSeconds(7)));
  }
}
