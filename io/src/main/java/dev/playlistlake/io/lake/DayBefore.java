package dev.playlistlake.io.lake;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.transforms.NamedOutputs;
import dev.playlistlake.transforms.Snapshot;
import dev.playlistlake.transforms.catalog.Catalog;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * What the newest published day before today holds; nothing on the lake's first day (decision 14).
 */
public final class DayBefore extends NamedOutputs {
  static final TupleTag<Playlist> PLAYLISTS = new TupleTag<>() {};
  static final TupleTag<PlaylistItem> ITEMS = new TupleTag<>() {};
  static final TupleTag<Song> SONGS = new TupleTag<>() {};
  static final TupleTag<Album> ALBUMS = new TupleTag<>() {};
  static final TupleTag<Artist> ARTISTS = new TupleTag<>() {};

  private final @Nullable String ingestDate;

  DayBefore(PCollectionTuple outputs, @Nullable String ingestDate) {
    super(outputs);
    this.ingestDate = ingestDate;
  }

  /** Its date, {@code YYYY-MM-DD}; null if there is no such day. */
  public @Nullable String ingestDate() {
    return ingestDate;
  }

  public Snapshot snapshot() {
    return new Snapshot(outputs.get(PLAYLISTS), outputs.get(ITEMS));
  }

  public Catalog catalog() {
    return Catalog.of(outputs.get(SONGS), outputs.get(ALBUMS), outputs.get(ARTISTS));
  }
}
