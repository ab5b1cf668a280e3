package dev.playlistlake.io.spotify.fetch;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether this process was requested to stop fetching. Process-wide, like the signals that raise
 * it: the fetching call is deep inside a runner, out of reach for main. It changes nothing for a
 * run without further requests.
 */
public final class StopRequest {
  private static final AtomicBoolean RAISED = new AtomicBoolean();

  private StopRequest() {}

  /** From now on this process sends no request. */
  public static void raise() {
    RAISED.set(true);
  }

  /** Clears it for the next run of this process. */
  public static void clear() {
    RAISED.set(false);
  }

  public static boolean isRaised() {
    return RAISED.get();
  }
}
