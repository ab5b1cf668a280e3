package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Song;
import dev.playlistlake.schema.SongCodec;
import java.util.Collection;
import java.util.Collections;

/** A song is its newest sighting. */
final class SongMerging implements Merging<Song> {
  private static final NewestFirst<Song> ORDER =
      new NewestFirst<>(new SongCodec(), Song::fetchedAt);

  @Override
  public String id(Song song) {
    return song.trackId();
  }

  @Override
  public boolean mayMergeEarly(Song song) {
    return true;
  }

  @Override
  public Song merge(Collection<Song> sightings) {
    return Collections.min(sightings, ORDER);
  }
}
