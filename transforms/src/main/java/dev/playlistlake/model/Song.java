package dev.playlistlake.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code song}; the columns are described in {@code song.avsc}. */
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
}
