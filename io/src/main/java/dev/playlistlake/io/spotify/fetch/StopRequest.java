package dev.playlistlake.io.spotify.fetch;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether somebody wants the asking of this process to end. Process-wide, as the signals are that
 * ask for it: the call that asks is deep inside a runner, and nothing that main says to the graph
 * reaches it any more. It changes nothing for a run that has nothing left to ask.
 */
public final class StopRequest {
  private static final AtomicBoolean RAISED = new AtomicBoolean();

  private StopRequest() {}

  /** From now on nobody in this process sends a request. */
  public static void raise() {
    RAISED.set(true);
  }

  /** For the next run of this process, if there is one. */
  public static void clear() {
    RAISED.set(false);
  }

  public static boolean isRaised() {
    return RAISED.get();
  }
}
