package dev.playlistlake.pipeline.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.spotify.fetch.StopRequest;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * With a signal that this process sends to itself; what a second one does needs another process.
 */
class StopSignalsTest {
  @Test
  void aSignalEndsTheAskingAndMeansAfterwardsWhatItMeantBefore() throws Exception {
    CountDownLatch ours = new CountDownLatch(1);
    Object before = StopSignals.handle("TERM", StopSignals.handler(ours::countDown));
    try {
      ExitCode exitCode =
          StopSignals.during(
              () -> {
                assertThat(StopRequest.isRaised(), is(false));
                raiseTerm();
                waitUntil(StopRequest::isRaised);
                return ExitCode.STOPPED_EARLY;
              },
              code -> {
                throw new AssertionError("one signal does not end the process");
              });
      assertThat(exitCode, is(ExitCode.STOPPED_EARLY));
      assertThat("for the next run of this process", StopRequest.isRaised(), is(false));
      assertThat(ours.getCount(), is(1L));
      raiseTerm();
      assertThat(ours.await(10, TimeUnit.SECONDS), is(true));
    } finally {
      StopSignals.handle("TERM", before);
    }
  }

  private static void raiseTerm() {
    try {
      Class<?> type = Class.forName("sun.misc.Signal");
      type.getMethod("raise", type)
          .invoke(null, type.getConstructor(String.class).newInstance("TERM"));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no signals on this Java", e);
    }
  }

  private static void waitUntil(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat("in time", System.nanoTime() < end, is(true));
      Thread.onSpinWait();
    }
  }
}
