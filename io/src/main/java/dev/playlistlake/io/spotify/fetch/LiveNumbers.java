package dev.playlistlake.io.spotify.fetch;

import java.io.Serializable;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows what an asking has come to while it goes on, where its runner has a place for that. Beam's
 * counters are told when the asking has ended.
 */
public interface LiveNumbers extends Serializable {
  /**
   * Shows numbers under their names from now on; called by the thread that the runner has called.
   */
  void show(Map<String, LongSupplier> numbers);

  /** Shows nothing. */
  static LiveNumbers nowhere() {
    return numbers -> {};
  }
}
