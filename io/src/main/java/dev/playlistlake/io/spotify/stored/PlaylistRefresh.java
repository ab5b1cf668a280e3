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

/**
 * What is known of playlists before the first request, and which requests that saves. Runs and
 * forecasts use the same rules.
 *
 * @param refreshPolicy what need not be fetched again
 * @param before the state of playlists on the day before, by id
 */
public record PlaylistRefresh(RefreshPolicy refreshPolicy, Map<String, PreviousPlaylist> before) {

  /** The fetch of a playlist, with what the day before says about it. */
  public PlaylistFetch fetching(String playlistId) {
    return PlaylistFetch.fetching(playlistId, before.get(playlistId), isYoung(playlistId));
  }

  /** The same with items kept. */
  public PlaylistFetch fetchingWithSlots(String playlistId) {
    return PlaylistFetch.fetchingWithSlots(playlistId, before.get(playlistId), isYoung(playlistId));
  }

  private boolean isYoung(String playlistId) {
    PreviousPlaylist known = before.get(playlistId);
    return known != null && known.isComplete() && refreshPolicy.isYoung(known.itemsReadAt());
  }

  /**
   * Whether the library's listing alone is enough for a playlist today: the version it shows is
   * that of the day before, which either holds the items or records that this app may not see them,
   * and is young enough.
   */
  public boolean isSpared(String playlistId, Library library) {
    PlaylistJson.First now = library.listed().get(playlistId);
    PreviousPlaylist known = before.get(playlistId);
    if (now == null || known == null) {
      return false;
    }
    return ReadStatus.METADATA_ONLY.equals(known.status())
        ? known.isVersion(now.version()) && refreshPolicy.isYoung(known.fetchedAt())
        : known.holdsFor(now.version(), now.total()) && refreshPolicy.isYoung(known.itemsReadAt());
  }

  /** Never complete first, then the oldest items; ties keep the order of the list. */
  public Comparator<String> mostNeededFirst() {
    return Comparator.comparing(
        playlistId -> {
          PreviousPlaylist known = before.get(playlistId);
          return known == null ? null : known.itemsReadAt();
        },
        Comparator.nullsFirst(Comparator.<Instant>naturalOrder()));
  }

  /**
   * What a run must know of a stored playlist before it fetches.
   *
   * @param isFinal whether the playlist is not fetched again
   * @param requests those that this same run made, in an attempt that was cut short
   */
  public record Stored(boolean isFinal, long requests) {}

  /**
   * Reads a stored playlist, only its last line if that suffices: objects have megabytes, which
   * must come over the network from S3.
   *
   * @param writtenAt when the object was written, according to storage
   * @return empty if the object was cut short
   * @throws LakeException if storage fails
   */
  public Optional<Stored> stored(RawStore store, String playlistId, Instant writtenAt) {
    if (store.keepsObjectsWhole() && refreshPolicy.isEarlier(writtenAt)) {
      Optional<RawObject> end = store.end(playlistId);
      if (end.isEmpty()) {
        return Optional.empty();
      } else if (end.get().outcome() != RawOutcome.UNCHANGED) {
        return Optional.of(new Stored(refreshPolicy.isFinalEarlier(end.get()), 0));
      }
    }
    return store
        .read(playlistId)
        .map(
            object ->
                new Stored(
                    needsNoFetch(playlistId, object),
                    object.attemptsSince(refreshPolicy.startedAt())));
  }

  /** Whether today's stored object means that a playlist is not fetched again. */
  public boolean needsNoFetch(String playlistId, RawObject stored) {
    return refreshPolicy.isFinal(stored)
        && (stored.outcome() != RawOutcome.UNCHANGED || dependsOnSameDay(playlistId, stored));
  }

  /** A response may depend on a day before that has since been published again. */
  private boolean dependsOnSameDay(String playlistId, RawObject stored) {
    return PlaylistFetch.replayingWithoutSlots(playlistId, stored)
        .dependsOn(before.get(playlistId));
  }
}
