package dev.playlistlake.io.spotify.parse;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.run.Carry;
import dev.playlistlake.transforms.NamedOutputs;
import dev.playlistlake.transforms.catalog.Sightings;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/** What the stored responses for playlists contain. */
public final class ParsedPlaylists extends NamedOutputs {
  static final TupleTag<PlaylistItem> ITEMS = new TupleTag<>() {};
  static final TupleTag<KV<Integer, byte[]>> SONGS = new TupleTag<>() {};
  static final TupleTag<KV<Integer, byte[]>> ALBUMS = new TupleTag<>() {};
  static final TupleTag<KV<Integer, byte[]>> ARTISTS = new TupleTag<>() {};
  static final TupleTag<Playlist> PLAYLISTS = new TupleTag<>() {};
  static final TupleTag<Carry> CARRIES = new TupleTag<>() {};
  static final TupleTag<Rejection> REJECTIONS = new TupleTag<>() {};
  static final TupleTag<KV<String, Long>> TALLIES = new TupleTag<>() {};

  ParsedPlaylists(PCollectionTuple outputs) {
    super(outputs);
  }

  public PCollection<PlaylistItem> items() {
    return outputs.get(ITEMS);
  }

  /** The songs, albums and artists that the items contain. */
  public Sightings sightings() {
    return new Sightings(outputs.get(SONGS), outputs.get(ALBUMS), outputs.get(ARTISTS));
  }

  public PCollection<Playlist> playlists() {
    return outputs.get(PLAYLISTS);
  }

  /** At most one per playlist: what to carry forward from the day before. */
  public PCollection<Carry> carries() {
    return outputs.get(CARRIES);
  }

  public PCollection<Rejection> rejections() {
    return outputs.get(REJECTIONS);
  }

  /** Subtotals by the names of {@link Counts}. */
  public PCollection<KV<String, Long>> tallies() {
    return outputs.get(TALLIES);
  }
}
