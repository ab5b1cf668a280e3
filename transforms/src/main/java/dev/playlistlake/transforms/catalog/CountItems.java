package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.transforms.Batches;
import dev.playlistlake.transforms.Buckets;
import dev.playlistlake.transforms.NamedIds;
import dev.playlistlake.transforms.PackBatches;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;

/**
 * Counts the playlist items that name each album and artist. In: the resolved songs; beside them
 * the items. Out: subtotals, at most one per id and bucket of songs, for the reader to add up.
 */
public final class CountItems extends PTransform<PCollection<Song>, ItemCounts> {
  private final transient PCollection<PlaylistItem> items;

  private CountItems(PCollection<PlaylistItem> items) {
    this.items = items;
  }

  public static CountItems in(PCollection<PlaylistItem> items) {
    return new CountItems(items);
  }

  @Override
  public ItemCounts expand(PCollection<Song> songs) {
    TupleTag<byte[]> songTag = new TupleTag<>("songs");
    TupleTag<byte[]> trackTag = new TupleTag<>("tracks");
    PCollectionTuple counts =
        KeyedPCollectionTuple.of(
                songTag,
                songs.apply(
                    "Spread songs",
                    PackBatches.by(
                        song -> Buckets.of(song.trackId(), Buckets.GROUPS),
                        RowFormat.of(new SongCodec()))))
            .and(
                trackTag,
                items
                    .apply("Tracks of items", NamedIds.tracks())
                    .apply(
                        "Spread tracks",
                        PackBatches.by(id -> Buckets.of(id, Buckets.GROUPS), RowFormat.ofText())))
            .apply("Group by hash of the track", CoGroupByKey.create())
            .apply(
                "Count",
                ParDo.of(new CountFn(songTag, trackTag))
                    .withOutputTags(ItemCounts.ALBUMS, TupleTagList.of(ItemCounts.ARTISTS)));
    return new ItemCounts(counts);
  }

  private static final class CountFn extends DoFn<KV<Integer, CoGbkResult>, DetailState> {
    private final TupleTag<byte[]> songs;
    private final TupleTag<byte[]> tracks;

    CountFn(TupleTag<byte[]> songs, TupleTag<byte[]> tracks) {
      this.songs = songs;
      this.tracks = tracks;
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> bucket, MultiOutputReceiver out) {
      Map<String, Long> itemsOfTracks = new HashMap<>();
      Batches.forEach(
          bucket.getValue().getAll(tracks),
          RowFormat.ofText(),
          id -> itemsOfTracks.merge(id, 1L, Long::sum));
      Map<String, Long> albums = new HashMap<>();
      Map<String, Long> artists = new HashMap<>();
      Batches.forEach(
          bucket.getValue().getAll(songs),
          RowFormat.of(new SongCodec()),
          song -> {
            long items = itemsOfTracks.getOrDefault(song.trackId(), 0L);
            if (song.albumId() != null) {
              albums.merge(song.albumId(), items, Long::sum);
            }
            new HashSet<>(NamedIds.of(song.artists()))
                .forEach(id -> artists.merge(id, items, Long::sum));
          });
      albums.forEach(
          (id, items) -> out.get(ItemCounts.ALBUMS).output(new DetailState(id, null, items)));
      artists.forEach(
          (id, items) -> out.get(ItemCounts.ARTISTS).output(new DetailState(id, null, items)));
    }
  }
}
