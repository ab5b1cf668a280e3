package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of playlists before anything is asked, and what asking it spares. Runs and those
 * who foretell one go by the same rules.
 *
 * @param freshness what need not be asked again
 * @param before how playlists stood on the day before, by id
 */
public record PlaylistRefresh(RefreshPolicy freshness, Map<String, PreviousPlaylist> before) {

  /** An earlier reading that stands for what a first answer does not tell; null where none may. */
  public @Nullable PreviousPlaylist carryable(String playlistId) {
    PreviousPlaylist known = before.get(playlistId);
    boolean carryable =
        known != null && known.isComplete() && freshness.isYoung(known.itemsReadAt());
    return carryable ? known : null;
  }

  /**
   * Whether a library's listing alone says all that is to be known of a playlist today: it names
   * its items as they were on the day before, which has them, or has that this app may not see
   * them; and what that day has is young enough.
   */
  public boolean isSpared(String playlistId, Library library) {
    PlaylistJson.First now = library.listed().get(playlistId);
    PreviousPlaylist known = before.get(playlistId);
    if (now == null || known == null) {
      return false;
    }
    return ReadStatus.METADATA_ONLY.equals(known.status())
        ? known.isVersion(now.version()) && freshness.isYoung(known.fetchedAt())
        : known.holdsFor(now.version(), now.total()) && freshness.isYoung(known.itemsReadAt());
  }

  /** Never complete first, then the oldest items; among equals, the order of the list. */
  public Comparator<String> mostNeededFirst() {
    return Comparator.comparing(
        playlistId -> {
          PreviousPlaylist known = before.get(playlistId);
          return known == null ? null : known.itemsReadAt();
        },
        Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));
  }

  /**
   * What a run has to know of a stored playlist before it fetches.
   *
   * @param isFinal whether the playlist is not fetched again
   * @param requests those that this very run made, in an attempt that was cut short
   */
  public record Stored(boolean isFinal, long requests) {}

  /**
   * Looks at a stored playlist: at the last line only if that suffices, for an object has megabytes
   * and on S3 they travel.
   *
   * @param writtenAt when storage says that the object was written
   * @return empty if the object was cut short
   * @throws LakeException if storage fails
   */
  public Optional<Stored> stored(RawStore store, String playlistId, Instant writtenAt) {
    if (store.keepsObjectsWhole() && freshness.isEarlier(writtenAt)) {
      Optional<RawOutcome> outcome = store.outcome(playlistId);
      if (outcome.isEmpty()) {
        return Optional.empty();
      } else if (outcome.get() != RawOutcome.UNCHANGED) {
        return Optional.of(new Stored(outcome.get().isFinal() && freshness.countsEarlier(), 0));
      }
    }
    return store
        .read(playlistId)
        .map(
            object ->
                new Stored(
                    isLastWord(playlistId, object), object.attemptsSince(freshness.startedAt())));
  }

  /** Whether what is stored of today ends the asking for a playlist. */
  public boolean isLastWord(String playlistId, RawObject stored) {
    return freshness.isFinal(stored)
        && (stored.outcome() != RawOutcome.UNCHANGED || leansRightly(playlistId, stored));
  }

  /** An answer may lean on a day before that has been published anew since. */
  private boolean leansRightly(String playlistId, RawObject stored) {
    return PlaylistFetch.replayingWithoutSlots(playlistId, stored).leansOn(before.get(playlistId));
  }
}
