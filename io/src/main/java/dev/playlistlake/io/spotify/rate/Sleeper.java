package dev.playlistlake.io.spotify.rate;

import java.time.Duration;

/** Waits; tests use one that returns at once. */
public interface Sleeper {
  void sleep(Duration time) throws InterruptedException;
}
