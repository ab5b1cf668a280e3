package dev.playlistlake.io.spotify.fetch;

import java.io.Serializable;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows metrics while a fetch goes on, where the runner has a place for that. Beam's counters are
 * updated when the fetch has ended.
 */
public interface LiveNumbers extends Serializable {
  /** Shows metrics under their names from now on; called by the thread that the runner called. */
  void show(Map<String, LongSupplier> numbers);

  /** Shows nothing. */
  static LiveNumbers nowhere() {
    return numbers -> {};
  }
}
