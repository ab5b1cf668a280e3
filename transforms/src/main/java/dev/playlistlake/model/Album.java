package dev.playlistlake.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of {@code album}; the columns are described in {@code album.avsc}. */
public record Album(
    String albumId,
    @Nullable String name,
    @Nullable String albumType,
    @Nullable String releaseDate,
    @Nullable String releaseDatePrecision,
    @Nullable Integer releaseYear,
    @Nullable LocalDate releasedOn,
    @Nullable Integer totalTracks,
    List<ArtistRef> artists,
    @Nullable String imageUrl,
    @Nullable String url,
    @Nullable Instant fetchedAt,
    @Nullable String label,
    @Nullable Integer popularity,
    @Nullable String upc,
    @Nullable Instant detailedAt) {
  public Album {
    artists = List.copyOf(artists);
  }

  /** The same album with other detail columns. */
  public Album withDetails(
      @Nullable String newLabel,
      @Nullable Integer newPopularity,
      @Nullable String newUpc,
      @Nullable Instant newDetailedAt) {
    return new Album(
        albumId,
        name,
        albumType,
        releaseDate,
        releaseDatePrecision,
        releaseYear,
        releasedOn,
        totalTracks,
        artists,
        imageUrl,
        url,
        fetchedAt,
        newLabel,
        newPopularity,
        newUpc,
        newDetailedAt);
  }
}
