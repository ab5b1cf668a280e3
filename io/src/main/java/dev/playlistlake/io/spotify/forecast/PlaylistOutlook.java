package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a run would ask for a playlist, and what it would get.
 *
 * @param basis what this rests on
 * @param firstAnswers requests for the first answer: one, or none where the day has stored it all
 *     or the listing of the library tells it
 * @param pages requests for further pages
 * @param looksAgain requests for the first answer once more: the proof that nothing moved, or the
 *     confirmation that nothing is there
 * @param items rows that the day gets of it; null where nobody knows
 * @param firstItems items that its first answer holds
 * @param unreadable why this app cannot read it, or not its items; null where it can
 * @param notAsked why it could not be asked for now; null where it was, or needs no asking
 */
public record PlaylistOutlook(
    String playlistId,
    Basis basis,
    int firstAnswers,
    int pages,
    int looksAgain,
    @Nullable Long items,
    long firstItems,
    @Nullable Reason unreadable,
    @Nullable Reason notAsked) {

  /** What an outlook rests on. */
  public enum Basis {
    /** The day's stored answers: nothing is asked again. */
    STORED,
    /** The listing of the user's library: it is as it was, and not asked for. */
    LISTING,
    /** Spotify's first answer. */
    FIRST_ANSWER,
    /** The day before, as if nothing had changed. */
    DAY_BEFORE,
    /** Nothing: neither asked nor in the lake. */
    NOTHING
  }

  static PlaylistOutlook unknown(String playlistId, @Nullable Reason notAsked) {
    return new PlaylistOutlook(playlistId, Basis.NOTHING, 1, 0, 0, null, 0, null, notAsked);
  }

  /** The same of one that could not be asked for. */
  PlaylistOutlook withNotAsked(@Nullable Reason why) {
    return new PlaylistOutlook(
        playlistId, basis, firstAnswers, pages, looksAgain, items, firstItems, unreadable, why);
  }

  /** All requests for it. */
  public Range requests() {
    int known = firstAnswers + pages + looksAgain;
    return basis == Basis.NOTHING ? Range.atLeast(known) : Range.exactly(known);
  }
}
