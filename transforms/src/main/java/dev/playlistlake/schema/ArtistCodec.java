package dev.playlistlake.schema;

import dev.playlistlake.model.Artist;

/** Rows of {@code artist}. */
public final class ArtistCodec extends TableCodec<Artist> {
  public ArtistCodec() {
    super(LakeTable.ARTIST, Artist.class);
  }

  @Override
  void fill(AvroRow row, Artist value) {
    row.put("artist_id", value.artistId())
        .put("name", value.name())
        .put("url", value.url())
        .put("fetched_at", value.fetchedAt())
        .put("genres", value.genres())
        .put("popularity", value.popularity())
        .put("followers", value.followers())
        .put("image_url", value.imageUrl())
        .put("detailed_at", value.detailedAt());
  }

  @Override
  Artist read(AvroRow row) {
    return new Artist(
        row.required("artist_id"),
        row.text("name"),
        row.text("url"),
        row.instant("fetched_at"),
        row.texts("genres"),
        row.number("popularity"),
        row.number("followers"),
        row.text("image_url"),
        row.instant("detailed_at"));
  }
}
