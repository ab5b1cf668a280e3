package dev.playlistlake.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code artist}; the columns are described in {@code artist.avsc}. {@code genres} is null
 * if the response has no such field, empty if Spotify lists none.
 */
public record Artist(
    String artistId,
    @Nullable String name,
    @Nullable String url,
    @Nullable Instant fetchedAt,
    @Nullable List<String> genres,
    @Nullable Integer popularity,
    @Nullable Integer followers,
    @Nullable String imageUrl,
    @Nullable Instant detailedAt) {
  public Artist {
    genres = genres == null ? null : List.copyOf(genres);
  }

  /** An artist known only from a song or album. */
  public static Artist seen(
      String artistId, @Nullable String name, @Nullable String url, @Nullable Instant fetchedAt) {
    return new Artist(artistId, name, url, fetchedAt, null, null, null, null, null);
  }
}
