package dev.playlistlake.io.spotify.fetch;

import java.io.Serializable;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows metrics during a fetch, if the runner can display them (decision 20). Beam's counters are
 * updated when the fetch has ended.
 */
public interface LiveNumbers extends Serializable {
  /** Shows metrics under their names from now on; called by the runner's thread. */
  void show(Map<String, LongSupplier> numbers);

  /** Shows nothing. */
  static LiveNumbers nowhere() {
    return numbers -> {};
  }
}
