package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.Reason;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run's requests for a playlist and what they would yield.
 *
 * @param basis source of the numbers
 * @param firstAnswers requests for the first response: 1, or 0 if the day has stored everything or
 *     the library listing is enough
 * @param pages requests for further pages
 * @param looksAgain repeated requests for the first response: to prove that nothing changed
 *     meanwhile, or to confirm a 404
 * @param items rows of the day in {@code playlist_item}; null if unknown
 * @param firstItems items in the first response
 * @param unreadable why this app cannot read the playlist or its items; null if it can
 * @param notFetched why it could not be fetched for the forecast; null if it was or need not be
 * @param route the dialect of the further pages; null if unknown, and for Liked Songs
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
    @Nullable Reason notFetched,
    @Nullable ItemsRoute route) {

  /** The source of an outlook. */
  public enum Basis {
    /** Responses stored today: nothing is fetched again. */
    STORED,
    /** The library listing: the playlist is unchanged and is not fetched. */
    LISTING,
    /** A first response fetched for the forecast. */
    FIRST_ANSWER,
    /** The previous day, as if nothing had changed. */
    DAY_BEFORE,
    /** None: neither fetched nor in the lake. */
    NOTHING
  }

  static PlaylistOutlook unknown(String playlistId, @Nullable Reason notFetched) {
    return new PlaylistOutlook(playlistId, Basis.NOTHING, 1, 0, 0, null, 0, null, notFetched, null);
  }

  /** A copy with one more repeated request, which confirms a refusal. */
  PlaylistOutlook withConfirmation() {
    return new PlaylistOutlook(
        playlistId,
        basis,
        firstAnswers,
        pages,
        looksAgain + 1,
        items,
        firstItems,
        unreadable,
        notFetched,
        route);
  }

  /** A copy for a playlist that could not be fetched. */
  PlaylistOutlook withNotAsked(@Nullable Reason reason) {
    return new PlaylistOutlook(
        playlistId,
        basis,
        firstAnswers,
        pages,
        looksAgain,
        items,
        firstItems,
        unreadable,
        reason,
        route);
  }

  /** All requests for the playlist. */
  public Range requests() {
    int known = firstAnswers + pages + looksAgain;
    return basis == Basis.NOTHING ? Range.atLeast(known) : Range.exactly(known);
  }

  /** The same by family of endpoints; pages of an unknown dialect count with the first answers. */
  Map<String, Range> byFamily() {
    if (LikedSongs.isId(playlistId)) {
      return Map.of(new ApiRequest.LikedPage(0, 1).family(), requests());
    }
    String first = new ApiRequest.FirstAnswer(playlistId).family();
    return route == null
        ? Map.of(first, requests())
        : Map.of(
            first,
            Range.exactly(firstAnswers + looksAgain),
            new ApiRequest.ItemsPage(playlistId, route, 0, 1).family(),
            Range.exactly(pages));
  }
}
