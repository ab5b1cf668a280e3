package dev.playlistlake.transforms;

import dev.playlistlake.model.Artist;
import dev.playlistlake.schema.ArtistCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** As for albums: base columns of the newest sighting, each detail column of the newest detail. */
final class ArtistMerging implements Merging<Artist> {
  private static final ArtistCodec CODEC = new ArtistCodec();
  private static final NewestFirst<Artist> BASE = new NewestFirst<>(CODEC, Artist::fetchedAt);
  private static final NewestFirst<Artist> DETAIL = new NewestFirst<>(CODEC, Artist::detailedAt);

  @Override
  public String id(Artist artist) {
    return artist.artistId();
  }

  @Override
  public boolean mayMergeEarly(Artist artist) {
    return artist.detailedAt() == null;
  }

  @Override
  public Artist merge(Collection<Artist> sightings) {
    List<Artist> bases = new ArrayList<>(sightings.size());
    List<Artist> details = new ArrayList<>();
    for (Artist artist : sightings) {
      bases.add(
          artist.detailedAt() == null
              ? artist
              : Artist.seen(artist.artistId(), artist.name(), artist.url(), artist.fetchedAt()));
      if (artist.detailedAt() != null) {
        details.add(artist);
      }
    }
    Artist base = Collections.min(bases, BASE);
    if (details.isEmpty()) {
      return base;
    }
    details.sort(DETAIL);
    return new Artist(
        base.artistId(),
        base.name(),
        base.url(),
        base.fetchedAt(),
        NewestFirst.firstSet(details, Artist::genres),
        NewestFirst.firstSet(details, Artist::popularity),
        NewestFirst.firstSet(details, Artist::followers),
        NewestFirst.firstSet(details, Artist::imageUrl),
        NewestFirst.firstSet(details, Artist::detailedAt));
  }
}
