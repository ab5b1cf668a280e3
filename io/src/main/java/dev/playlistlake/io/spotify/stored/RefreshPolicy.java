package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawObject;
import java.io.Serializable;
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
    return maxAge > 0 || !object.lastAttemptAt().isBefore(startedAt);
  }
}
