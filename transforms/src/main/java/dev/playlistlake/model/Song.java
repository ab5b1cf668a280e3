package dev.playlistlake.model;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code song}; the columns are described in {@code song.avsc}. Two of them are computed
 * from the artists whenever a row is written, so a row carried from an older day has them too.
 */
public record Song(
    String trackId,
    @Nullable String name,
    @Nullable Integer durationMs,
    @Nullable Boolean isExplicit,
    @Nullable Integer discNumber,
    @Nullable Integer trackNumber,
    @Nullable Integer popularity,
    @Nullable String isrc,
    @Nullable String albumId,
    List<ArtistRef> artists,
    @Nullable String url,
    @Nullable Instant fetchedAt) {
  public Song {
    artists = List.copyOf(artists);
  }

  /** The artists' names in Spotify's order, with ", " between; null if no name is known. */
  public @Nullable String artistNames() {
    String names =
        artists.stream().map(ArtistRef::name).filter(Objects::nonNull).collect(joining(", "));
    return names.isEmpty() ? null : names;
  }

  /** The id of the first artist; null if there is none, or if the first has no id. */
  public @Nullable String mainArtistId() {
    return artists.isEmpty() ? null : artists.get(0).artistId();
  }
}
