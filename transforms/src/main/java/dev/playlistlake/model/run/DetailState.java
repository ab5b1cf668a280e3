package dev.playlistlake.model.run;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An album or artist of the run, and the age of its details.
 *
 * @param id Spotify id
 * @param detailedAt when the newest detail of earlier days was fetched; null if none was
 * @param items how many playlist items name it; 0 if that does not matter to the run
 */
public record DetailState(String id, @Nullable Instant detailedAt, long items) {
  /** Never detailed, then most playlist items, then oldest detail, then id. */
  public static final Comparator<DetailState> MOST_NEEDED_FIRST =
      Comparator.comparing((DetailState state) -> state.detailedAt() != null)
          .thenComparing(Comparator.comparingLong(DetailState::items).reversed())
          .thenComparing(
              DetailState::detailedAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
          .thenComparing(DetailState::id);

  public DetailState(String id, @Nullable Instant detailedAt) {
    this(id, detailedAt, 0);
  }

  /** What two states of the same id say together: the one has the age, the other some items. */
  public DetailState and(DetailState other) {
    return new DetailState(
        id, detailedAt == null ? other.detailedAt : detailedAt, items + other.items);
  }
}
