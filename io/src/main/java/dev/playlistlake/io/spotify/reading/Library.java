package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.model.Reason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Spotify told of a user's library.
 *
 * @param userId whose it is; null where it was not asked, or not told
 * @param userGap why it was not told
 * @param listed the playlists of the listing in its order, by id
 * @param invalidIds what entries of the listing have in the place of an id
 * @param listingGap why the listing is not whole
 */
public record Library(
    @Nullable String userId,
    @Nullable Reason userGap,
    Map<String, PlaylistJson.First> listed,
    List<String> invalidIds,
    @Nullable Reason listingGap) {
  public Library {
    invalidIds = List.copyOf(invalidIds);
    listed = Collections.unmodifiableMap(new LinkedHashMap<>(listed));
  }

  /** Of which nothing is known, or wanted. */
  public static Library none() {
    return new Library(null, null, Map.of(), List.of(), null);
  }

  /** As it was asked for; null where nobody asked. */
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

  /** What a stored listing tells, whole or not. */
  public static Library of(RawObject listing) {
    LibraryFetch reading = new LibraryFetch();
    listing.attempts().forEach(attempt -> ResponseOutcome.replay(reading, attempt));
    return of(null, null, reading, null);
  }

  /** A playlist as the listing tells it; one of which it is silent is a gap. */
  public PlaylistFetch reading(String playlistId) {
    PlaylistJson.First now = listed.get(playlistId);
    return now == null
        ? PlaylistFetch.replaying(playlistId, RawObject.absent(Reason.NOTHING_TO_CARRY))
        : PlaylistFetch.listed(now);
  }
}
