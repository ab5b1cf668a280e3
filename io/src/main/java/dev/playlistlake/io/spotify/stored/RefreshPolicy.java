package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawObject;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What need not be asked again: values of earlier days that are young enough, and stored answers of
 * this day.
 *
 * @param ingestDate the day of the run
 * @param maxAge days after which a value is asked for again; 0 asks for everything, today's stored
 *     answers included
 * @param startedAt when the run began
 */
public record RefreshPolicy(LocalDate ingestDate, int maxAge, Instant startedAt)
    implements Serializable {

  /**
   * By how much the clocks of storage and of two workers may differ. S3 refuses requests from
   * clocks that differ from its own by more than 15 minutes (RequestTimeTooSkewed).
   */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

  /** Whether a value that was fetched then will do for this day. */
  boolean isYoung(@Nullable Instant fetchedAt) {
    return fetchedAt != null
        && ChronoUnit.DAYS.between(LocalDate.ofInstant(fetchedAt, ZoneOffset.UTC), ingestDate)
            < maxAge;
  }

  /** Whether a stored object of the day ends the asking for its subject. */
  boolean isFinal(RawObject object) {
    return object.outcome().isFinal() && counts(object);
  }

  /** Whether a stored object of the day spares the asking for what it tells. */
  boolean counts(RawObject object) {
    return countsEarlier() || !object.lastAttemptAt().isBefore(startedAt);
  }

  /** The same for objects that were stored before this run started. */
  boolean countsEarlier() {
    return maxAge > 0;
  }

  /**
   * Whether an object was surely stored before this run started, so that no attempt in it is the
   * run's own. False says nothing.
   */
  boolean isEarlier(Instant writtenAt) {
    return writtenAt.isBefore(startedAt.minus(CLOCK_DIFFERENCE));
  }
}
