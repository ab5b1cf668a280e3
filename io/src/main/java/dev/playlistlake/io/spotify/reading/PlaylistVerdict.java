package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.Carry;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The state of a playlist today: its stored responses, compared with its state on the day before. A
 * complete state is never replaced by a lesser one: it is carried forward until the playlist is
 * read again, or until Spotify reports that it is gone (decision 14).
 *
 * @param status of the playlist's row; null if it has none
 * @param reason of its rejected row; null if it has none
 * @param usesToday whether the row and the first items come from today's responses
 */
public record PlaylistVerdict(
    @Nullable ReadStatus status, @Nullable Reason reason, boolean usesToday) {

  public static PlaylistVerdict of(PlaylistFetch reading, @Nullable PreviousPlaylist before) {
    boolean completeBefore = before != null && before.isComplete();
    Reason reason = reading.reason();
    return switch (Objects.requireNonNull(reading.outcome())) {
      case COMPLETE -> new PlaylistVerdict(ReadStatus.READ, null, true);
      case UNCHANGED -> {
        if (reading.dependsOn(before)) {
          yield new PlaylistVerdict(ReadStatus.UNCHANGED, null, true);
        }
        if (reading.isListedOnly()
            && before != null
            && ReadStatus.METADATA_ONLY.equals(before.status())
            && reading.isSameAs(before)) {
          yield carried(before, Reason.NOT_READABLE_BY_THIS_APP);
        }
        yield completeBefore
            ? new PlaylistVerdict(ReadStatus.STALE, Reason.NOTHING_TO_CARRY, false)
            : new PlaylistVerdict(ReadStatus.INCOMPLETE, Reason.NOTHING_TO_CARRY, true);
      }
      case PARTIAL ->
          completeBefore
              ? new PlaylistVerdict(ReadStatus.STALE, reason, false)
              : new PlaylistVerdict(ReadStatus.INCOMPLETE, reason, true);
      case METADATA_ONLY -> {
        boolean moreBefore = before != null && !ReadStatus.METADATA_ONLY.equals(before.status());
        yield moreBefore
            ? carried(before, reason)
            : new PlaylistVerdict(ReadStatus.METADATA_ONLY, reason, true);
      }
      case REJECTED ->
          Reason.NOT_FOUND.equals(reason)
              ? new PlaylistVerdict(null, reason, false)
              : carried(before, reason);
      case NONE -> carried(before, reason);
    };
  }

  private static PlaylistVerdict carried(
      @Nullable PreviousPlaylist before, @Nullable Reason reason) {
    if (before == null) {
      return new PlaylistVerdict(null, reason, false);
    }
    return new PlaylistVerdict(
        before.isComplete() ? ReadStatus.STALE : before.status(), reason, false);
  }

  /** What to carry forward from the day before; null if nothing. */
  public @Nullable Carry carry(String playlistId, PlaylistFetch reading) {
    if (status == null) {
      return null;
    } else if (!usesToday) {
      return new Carry(playlistId, 0, status);
    }
    return ReadStatus.UNCHANGED.equals(status)
        ? new Carry(playlistId, reading.slots().size(), null)
        : null;
  }
}
