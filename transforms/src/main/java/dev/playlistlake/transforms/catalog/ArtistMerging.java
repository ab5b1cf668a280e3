package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Artist;
import dev.playlistlake.schema.ArtistCodec;
import java.util.List;

/** Artists; details are genres, popularity, followers and image. */
final class ArtistMerging extends DetailedMerging<Artist> {
  ArtistMerging() {
    super(new ArtistCodec(), Artist::fetchedAt, Artist::detailedAt);
  }

  @Override
  public String id(Artist artist) {
    return artist.artistId();
  }

  @Override
  Artist withoutDetails(Artist artist) {
    return Artist.seen(artist.artistId(), artist.name(), artist.url(), artist.fetchedAt());
  }

  @Override
  Artist withDetails(Artist base, List<Artist> newestFirst) {
    return new Artist(
        base.artistId(),
        base.name(),
        base.url(),
        base.fetchedAt(),
        NewestFirst.firstSet(newestFirst, Artist::genres),
        NewestFirst.firstSet(newestFirst, Artist::popularity),
        NewestFirst.firstSet(newestFirst, Artist::followers),
        NewestFirst.firstSet(newestFirst, Artist::imageUrl),
        NewestFirst.firstSet(newestFirst, Artist::detailedAt));
  }
}
