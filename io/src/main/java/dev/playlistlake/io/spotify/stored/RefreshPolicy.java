package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.model.Reason;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What need not be fetched again: values of earlier days that are young enough, and stored
 * responses of this day.
 *
 * @param ingestDate the day of the run
 * @param maxAge days after which a value is fetched again; 0 fetches everything, including today's
 *     stored responses
 * @param startedAt when the run began
 */
public record RefreshPolicy(LocalDate ingestDate, int maxAge, Instant startedAt)
    implements Serializable {

  /**
   * By how much the clocks of storage and of two workers may differ. S3 refuses requests from
   * clocks that differ from its own by more than 15 minutes (RequestTimeTooSkewed).
   */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

  /** Single details stay fresh this long: a day's quota is a few hundred of them (decision 32). */
  private static final int DAYS_OF_SINGLES = 90;

  /** The policy for details that are fetched one by one; the same if everything is fetched. */
  RefreshPolicy ofSingles() {
    return maxAge == 0
        ? this
        : new RefreshPolicy(ingestDate, Math.max(maxAge, DAYS_OF_SINGLES), startedAt);
  }

  /** Whether a value fetched at this time is young enough for this day. */
  boolean isYoung(@Nullable Instant fetchedAt) {
    return fetchedAt != null
        && ChronoUnit.DAYS.between(LocalDate.ofInstant(fetchedAt, ZoneOffset.UTC), ingestDate)
            < maxAge;
  }

  /** Whether a stored object of the day means that its subject is not fetched again. */
  boolean isFinal(RawObject object) {
    return isFinalEarlier(object)
        || (object.outcome().isFinal() && !object.lastAttemptAt().isBefore(startedAt));
  }

  /**
   * The same for an object that was stored before this run started. A 403 is not final then: a
   * rerun of the day may be allowed what the run before was not.
   */
  boolean isFinalEarlier(RawObject object) {
    return object.outcome().isFinal()
        && countsEarlier()
        && !Reason.FORBIDDEN.equals(object.reason());
  }

  /** Whether what a stored object of the day contains is not fetched again. */
  boolean counts(RawObject object) {
    return countsEarlier() || !object.lastAttemptAt().isBefore(startedAt);
  }

  /** The same for objects stored before this run started. */
  boolean countsEarlier() {
    return maxAge > 0;
  }

  /**
   * Whether an object was certainly stored before this run started, so that it has no attempt of
   * the run. False means unknown.
   */
  boolean isEarlier(Instant writtenAt) {
    return writtenAt.isBefore(startedAt.minus(CLOCK_DIFFERENCE));
  }
}
