package dev.playlistlake.transforms;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RowFormat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/**
 * Finds what happened to each playlist since the newest published day before.
 *
 * <p>In: the rows of {@code playlist} and {@code playlist_item} of today; beside them those of that
 * day and today's rejections. Keys are unique, the order is any. Out: rows of {@code
 * playlist_event}, numbered from 0 in each playlist; none for a playlist that did not change or
 * left the list. The outcome does not depend on order, bundling or parallelism. Items of a playlist
 * without a row are left out; the audit finds them.
 */
public final class CompareSnapshots extends PTransform<Snapshot, PCollection<PlaylistEvent>> {
  private static final TupleTag<byte[]> PLAYLISTS_BEFORE = new TupleTag<>("playlists before");
  private static final TupleTag<byte[]> PLAYLISTS_TODAY = new TupleTag<>("playlists today");
  private static final TupleTag<byte[]> ITEMS_BEFORE = new TupleTag<>("items before");
  private static final TupleTag<byte[]> ITEMS_TODAY = new TupleTag<>("items today");
  private static final TupleTag<byte[]> NOT_FOUND = new TupleTag<>("not found");

  private final transient Snapshot before;
  private final transient PCollection<Rejection> rejections;
  private final @Nullable String previousIngestDate;

  private CompareSnapshots(
      Snapshot before, PCollection<Rejection> rejections, @Nullable String previousIngestDate) {
    this.before = before;
    this.rejections = rejections;
    this.previousIngestDate = previousIngestDate;
  }

  /**
   * Compares today's playlists with those of the day before.
   *
   * @param before the rows of the day before; empty on the lake's first day
   * @param rejections today's; a playlist that Spotify does not find is gone
   * @param previousIngestDate the day before, {@code YYYY-MM-DD}; null on the lake's first day
   */
  public static CompareSnapshots with(
      Snapshot before, PCollection<Rejection> rejections, @Nullable String previousIngestDate) {
    return new CompareSnapshots(before, rejections, previousIngestDate);
  }

  @Override
  public PCollection<PlaylistEvent> expand(Snapshot today) {
    return KeyedPCollectionTuple.of(
            PLAYLISTS_TODAY, today.playlists().apply("Spread playlists", spreadPlaylists()))
        .and(ITEMS_TODAY, today.items().apply("Spread items", spreadItems()))
        .and(
            PLAYLISTS_BEFORE,
            before.playlists().apply("Spread playlists before", spreadPlaylists()))
        .and(ITEMS_BEFORE, before.items().apply("Spread items before", spreadItems()))
        .and(
            NOT_FOUND,
            rejections
                .apply("Playlists not found", NamedIds.playlistsNotFound())
                .apply(
                    "Spread ids not found",
                    PackBatches.by(id -> Buckets.of(id, Buckets.GROUPS), RowFormat.ofText())))
        .apply("Bring both days together", CoGroupByKey.create())
        .apply("Compare both days", ParDo.of(new CompareFn(previousIngestDate)));
  }

  private static PackBatches<Playlist> spreadPlaylists() {
    return PackBatches.by(
        playlist -> Buckets.of(playlist.playlistId(), Buckets.GROUPS),
        RowFormat.of(new PlaylistCodec()));
  }

  private static PackBatches<PlaylistItem> spreadItems() {
    return PackBatches.by(
        item -> Buckets.of(item.playlistId(), Buckets.GROUPS),
        RowFormat.of(new PlaylistItemCodec()));
  }

  private static final class CompareFn extends DoFn<KV<Integer, CoGbkResult>, PlaylistEvent> {
    private final RowFormat<Playlist> playlistFormat = RowFormat.of(new PlaylistCodec());
    private final RowFormat<PlaylistItem> itemFormat = RowFormat.of(new PlaylistItemCodec());
    private final @Nullable String previousIngestDate;

    CompareFn(@Nullable String previousIngestDate) {
      this.previousIngestDate = previousIngestDate;
    }

    @ProcessElement
    public void process(
        @Element KV<Integer, CoGbkResult> bucket, OutputReceiver<PlaylistEvent> out) {
      CoGbkResult both = bucket.getValue();
      // Rows first: they show which playlists' items are worth holding.
      Map<String, PlaylistComparison> comparisons = comparisons(both);
      Batches.forEach(
          both.getAll(ITEMS_BEFORE),
          itemFormat,
          item -> {
            PlaylistComparison comparison = comparisons.get(item.playlistId());
            if (comparison != null) {
              comparison.addItemBefore(item);
            }
          });
      Batches.forEach(
          both.getAll(ITEMS_TODAY),
          itemFormat,
          item -> {
            PlaylistComparison comparison = comparisons.get(item.playlistId());
            if (comparison != null) {
              comparison.addItemToday(item);
            }
          });
      for (PlaylistComparison comparison : comparisons.values()) {
        comparison.events(previousIngestDate).forEach(out::output);
      }
    }

    private Map<String, PlaylistComparison> comparisons(CoGbkResult both) {
      Map<String, Playlist> before = playlists(both.getAll(PLAYLISTS_BEFORE));
      Map<String, Playlist> today = playlists(both.getAll(PLAYLISTS_TODAY));
      Set<String> notFound = new HashSet<>();
      Batches.forEach(both.getAll(NOT_FOUND), RowFormat.ofText(), notFound::add);
      Set<String> ids = new HashSet<>(before.keySet());
      ids.addAll(today.keySet());
      Map<String, PlaylistComparison> comparisons = new TreeMap<>();
      for (String id : ids) {
        comparisons.put(
            id, new PlaylistComparison(id, before.get(id), today.get(id), notFound.contains(id)));
      }
      return comparisons;
    }

    private Map<String, Playlist> playlists(Iterable<byte[]> batches) {
      Map<String, Playlist> playlists = new HashMap<>();
      Batches.forEach(
          batches, playlistFormat, playlist -> playlists.put(playlist.playlistId(), playlist));
      return playlists;
    }
  }
}
