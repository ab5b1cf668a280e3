package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawObject;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a stored answer of the day will do.
 *
 * @param notBefore answers older than this do not count, as {@code --maxAge=0} wants it; null: all
 *     of the day do
 */
public record Freshness(@Nullable Instant notBefore) implements Serializable {
  boolean isFinal(RawObject object) {
    return object.outcome().isFinal() && isFresh(object);
  }

  boolean isFresh(RawObject object) {
    return notBefore == null || !object.lastAttemptAt().isBefore(notBefore);
  }
}
