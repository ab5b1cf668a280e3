package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.schema.AlbumCodec;
import java.util.List;

/** Albums; details are label, popularity and UPC. */
final class AlbumMerging extends DetailedMerging<Album> {
  AlbumMerging() {
    super(new AlbumCodec(), Album::fetchedAt, Album::detailedAt);
  }

  @Override
  public String id(Album album) {
    return album.albumId();
  }

  @Override
  Album withoutDetails(Album album) {
    return album.withDetails(null, null, null, null);
  }

  @Override
  Album withDetails(Album base, List<Album> newestFirst) {
    return base.withDetails(
        NewestFirst.firstSet(newestFirst, Album::label),
        NewestFirst.firstSet(newestFirst, Album::popularity),
        NewestFirst.firstSet(newestFirst, Album::upc),
        NewestFirst.firstSet(newestFirst, Album::detailedAt));
  }
}
