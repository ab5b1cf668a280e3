package dev.playlistlake.transforms.catalog;

import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;

/**
 * Songs, albums and artists as they were seen, any number per id, in batches by hash of the id
 * (decision 9). {@link SplitCatalog} and {@link PackSightings} make such batches.
 */
public record Sightings(
    PCollection<KV<Integer, byte[]>> songs,
    PCollection<KV<Integer, byte[]>> albums,
    PCollection<KV<Integer, byte[]>> artists) {
  private static final TupleTag<KV<Integer, byte[]>> SONGS = new TupleTag<>("songs seen");
  private static final TupleTag<KV<Integer, byte[]>> ALBUMS = new TupleTag<>("albums seen");
  private static final TupleTag<KV<Integer, byte[]>> ARTISTS = new TupleTag<>("artists seen");

  /** Those that {@link #addedTo} put among the outputs of a composite. */
  public static Sightings among(PCollectionTuple outputs) {
    return new Sightings(outputs.get(SONGS), outputs.get(ALBUMS), outputs.get(ARTISTS));
  }

  /** The outputs of a composite, and these sightings. */
  public PCollectionTuple addedTo(PCollectionTuple outputs) {
    return outputs.and(SONGS, songs).and(ALBUMS, albums).and(ARTISTS, artists);
  }
}
