package dev.playlistlake.io.spotify;

import java.time.Duration;

/** Waits; tests wait without waiting. */
interface Sleeper {
  void sleep(Duration time) throws InterruptedException;
}
