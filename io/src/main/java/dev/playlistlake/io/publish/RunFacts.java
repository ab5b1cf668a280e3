package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.model.run.RunClock;
import java.io.Serializable;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What is known of a run before it begins.
 *
 * @param layout where it writes
 * @param filesPerTable how many files it writes per table
 * @param startedAt when it began
 * @param runner the runner's name
 * @param version of this program
 * @param allowGone whether any number of playlists may be gone since the day before
 * @param config the flags in force as JSON, without secrets
 */
public record RunFacts(
    LakeLayout layout,
    int filesPerTable,
    Instant startedAt,
    String runner,
    String version,
    boolean allowGone,
    String config)
    implements Serializable {

  /** The time now as a row has it, never before the start. */
  Instant now() {
    return new RunClock(Clock.systemUTC(), startedAt).instant().truncatedTo(ChronoUnit.MICROS);
  }
}
