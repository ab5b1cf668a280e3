package dev.playlistlake.io.spotify.rate;

import java.time.Duration;

/** Waits; tests wait without waiting. */
public interface Sleeper {
  void sleep(Duration time) throws InterruptedException;
}
