package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.model.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Spotify returned about a user's library (decision 24).
 *
 * @param userId its user; null if not requested, or not returned
 * @param userGap why the user is unknown
 * @param listed the playlists of the listing in its order, by id
 * @param invalidIds what entries of the listing have instead of an id, if need be in our words
 * @param listingGap why the listing is incomplete
 */
public record Library(
    @Nullable String userId,
    @Nullable Reason userGap,
    Map<String, PlaylistJson.First> listed,
    List<String> invalidIds,
    @Nullable Reason listingGap) {
  /** What {@code invalidIds} has for an entry that is null. */
  public static final String NULL_ENTRY = "null";

  /** What it has for another entry without an id; no id has spaces. */
  public static final String ENTRY_WITHOUT_ID = "entry without id";

  public Library {
    invalidIds = List.copyOf(invalidIds);
    listed = Collections.unmodifiableMap(new LinkedHashMap<>(listed));
  }

  /** An unknown library, or one that is not needed. */
  public static Library none() {
    return new Library(null, null, Map.of(), List.of(), null);
  }

  /** The library as fetched; null for what was not requested. */
  public static Library of(
      @Nullable CurrentUserFetch user,
      @Nullable Reason userGap,
      @Nullable LibraryFetch listing,
      @Nullable Reason listingGap) {
    return new Library(
        user == null ? null : user.userId(),
        userGap,
        listing == null ? Map.of() : listing.playlists(),
        listing == null ? List.of() : listing.invalidIds(),
        listingGap);
  }

  /** The content of a stored listing, complete or not. */
  public static Library of(RawObject listing) {
    LibraryFetch reading = new LibraryFetch(Set.of());
    ResponseOutcome.replay(reading, listing.attempts());
    return of(null, null, reading, null);
  }

  /** A playlist that this app may not fetch, as the listing contains it. */
  public PlaylistFetch withheld(String playlistId) {
    PlaylistJson.First now = listed.get(playlistId);
    return now == null
        ? PlaylistFetch.replaying(playlistId, RawObject.absent(Reason.NOT_READABLE_BY_THIS_APP))
        : PlaylistFetch.listed(
            now, new FetchState.Ended(RawOutcome.METADATA_ONLY, Reason.NOT_READABLE_BY_THIS_APP));
  }

  /** A playlist as the listing contains it; a gap if it does not. */
  public PlaylistFetch reading(String playlistId) {
    PlaylistJson.First now = listed.get(playlistId);
    return now == null
        ? PlaylistFetch.replaying(playlistId, RawObject.absent(Reason.NOTHING_TO_CARRY))
        : PlaylistFetch.listed(now, new FetchState.Listed());
  }
}
