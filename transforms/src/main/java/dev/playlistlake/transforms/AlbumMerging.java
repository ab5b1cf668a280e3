package dev.playlistlake.transforms;

import dev.playlistlake.model.Album;
import dev.playlistlake.schema.AlbumCodec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * An album's base columns are those of its newest sighting; each detail column comes from the
 * newest detail that has it, so that an answer with fewer fields never erases a label or a UPC.
 */
final class AlbumMerging implements Merging<Album> {
  private static final AlbumCodec CODEC = new AlbumCodec();
  private static final NewestFirst<Album> BASE = new NewestFirst<>(CODEC, Album::fetchedAt);
  private static final NewestFirst<Album> DETAIL = new NewestFirst<>(CODEC, Album::detailedAt);

  @Override
  public String id(Album album) {
    return album.albumId();
  }

  @Override
  public boolean mayMergeEarly(Album album) {
    return album.detailedAt() == null;
  }

  @Override
  public Album merge(Collection<Album> sightings) {
    List<Album> bases = new ArrayList<>(sightings.size());
    List<Album> details = new ArrayList<>();
    for (Album album : sightings) {
      bases.add(album.detailedAt() == null ? album : album.withDetails(null, null, null, null));
      if (album.detailedAt() != null) {
        details.add(album);
      }
    }
    Album base = Collections.min(bases, BASE);
    if (details.isEmpty()) {
      return base;
    }
    details.sort(DETAIL);
    return base.withDetails(
        NewestFirst.firstSet(details, Album::label),
        NewestFirst.firstSet(details, Album::popularity),
        NewestFirst.firstSet(details, Album::upc),
        NewestFirst.firstSet(details, Album::detailedAt));
  }
}
