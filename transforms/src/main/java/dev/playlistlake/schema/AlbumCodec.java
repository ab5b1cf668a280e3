package dev.playlistlake.schema;

import dev.playlistlake.model.Album;

/** Rows of {@code album}. */
public final class AlbumCodec extends TableCodec<Album> {
  public AlbumCodec() {
    super(LakeTable.ALBUM, Album.class);
  }

  @Override
  void fill(AvroRow row, Album value) {
    row.put("album_id", value.albumId())
        .put("name", value.name())
        .put("album_type", value.albumType())
        .put("release_date", value.releaseDate())
        .put("release_date_precision", value.releaseDatePrecision())
        .put("release_year", value.releaseYear())
        .put("released_on", value.releasedOn())
        .put("total_tracks", value.totalTracks())
        .putArtists(value.artists())
        .put("image_url", value.imageUrl())
        .put("url", value.url())
        .put("fetched_at", value.fetchedAt())
        .put("label", value.label())
        .put("popularity", value.popularity())
        .put("upc", value.upc())
        .put("detailed_at", value.detailedAt());
  }

  @Override
  Album read(AvroRow row) {
    return new Album(
        row.required("album_id"),
        row.text("name"),
        row.text("album_type"),
        row.text("release_date"),
        row.text("release_date_precision"),
        row.number("release_year"),
        row.date("released_on"),
        row.number("total_tracks"),
        row.artists(),
        row.text("image_url"),
        row.text("url"),
        row.instant("fetched_at"),
        row.text("label"),
        row.number("popularity"),
        row.text("upc"),
        row.instant("detailed_at"));
  }
}
