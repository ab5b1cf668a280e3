package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.RawOutcome;
import dev.playlistlake.model.PriorReading;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of playlists before anything is asked, and what asking it spares. Runs and those
 * who foretell one go by the same rules.
 *
 * @param freshness what need not be asked again
 * @param before how playlists stood on the day before, by id
 */
record KnownPlaylists(Freshness freshness, Map<String, PriorReading> before) {

  /** An earlier reading that stands for what a first answer does not tell; null where none may. */
  @Nullable PriorReading carryable(String playlistId) {
    PriorReading known = before.get(playlistId);
    boolean carryable =
        known != null && known.isComplete() && freshness.isYoung(known.itemsReadAt());
    return carryable ? known : null;
  }

  /** Never complete first, then the oldest items; among equals, the order of the list. */
  Comparator<String> mostNeededFirst() {
    return Comparator.comparing(
        playlistId -> {
          PriorReading known = before.get(playlistId);
          return known == null ? null : known.itemsReadAt();
        },
        Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));
  }

  /** Whether what is stored of today ends the asking for a playlist. */
  boolean isLastWord(String playlistId, RawObject stored) {
    return freshness.isFinal(stored)
        && (stored.outcome() != RawOutcome.UNCHANGED || leansRightly(playlistId, stored));
  }

  /** An answer may lean on a day before that has been published anew since. */
  private boolean leansRightly(String playlistId, RawObject stored) {
    return PlaylistReading.replayingWithoutSlots(playlistId, stored)
        .leansOn(before.get(playlistId));
  }
}
