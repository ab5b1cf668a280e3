package dev.playlistlake.transforms;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.run.Carry;
import dev.playlistlake.schema.CarryFormat;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RowFormat;
import java.util.HashMap;
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
 * Carries rows of the published day before forward into today, as ordered: what today's responses
 * lack for playlists that are unchanged or could not be read (decision 14).
 *
 * <p>In: at most one order per playlist; beside them the day before. Out: that day's rows,
 * unchanged but for the status that the order gives a playlist.
 */
public final class CarryForward extends PTransform<PCollection<Carry>, CarriedRows> {
  private final transient Snapshot dayBefore;

  private CarryForward(Snapshot dayBefore) {
    this.dayBefore = dayBefore;
  }

  public static CarryForward from(Snapshot dayBefore) {
    return new CarryForward(dayBefore);
  }

  @Override
  public CarriedRows expand(PCollection<Carry> orders) {
    TupleTag<byte[]> orderTag = new TupleTag<>("orders");
    TupleTag<byte[]> playlistTag = new TupleTag<>("playlists");
    TupleTag<byte[]> itemTag = new TupleTag<>("items");
    PCollectionTuple carried =
        KeyedPCollectionTuple.of(
                orderTag,
                orders.apply(
                    "Spread orders",
                    PackBatches.by(
                        order -> Buckets.of(order.playlistId(), Buckets.GROUPS),
                        new CarryFormat())))
            .and(
                playlistTag,
                dayBefore
                    .playlists()
                    .apply(
                        "Spread playlists",
                        PackBatches.by(
                            row -> Buckets.of(row.playlistId(), Buckets.GROUPS),
                            RowFormat.of(new PlaylistCodec()))))
            .and(
                itemTag,
                dayBefore
                    .items()
                    .apply(
                        "Spread items",
                        PackBatches.by(
                            row -> Buckets.of(row.playlistId(), Buckets.GROUPS),
                            RowFormat.of(new PlaylistItemCodec()))))
            .apply("Group by hash of the playlist", CoGroupByKey.create())
            .apply(
                "Carry rows",
                ParDo.of(new CarryFn(orderTag, playlistTag, itemTag))
                    .withOutputTags(CarriedRows.ITEMS, TupleTagList.of(CarriedRows.PLAYLISTS)));
    return new CarriedRows(carried);
  }

  private static final class CarryFn extends DoFn<KV<Integer, CoGbkResult>, PlaylistItem> {
    private final RowFormat<Playlist> playlistRows = RowFormat.of(new PlaylistCodec());
    private final RowFormat<PlaylistItem> itemRows = RowFormat.of(new PlaylistItemCodec());
    private final TupleTag<byte[]> orders;
    private final TupleTag<byte[]> playlists;
    private final TupleTag<byte[]> items;

    CarryFn(TupleTag<byte[]> orders, TupleTag<byte[]> playlists, TupleTag<byte[]> items) {
      this.orders = orders;
      this.playlists = playlists;
      this.items = items;
    }

    @ProcessElement
    public void process(@Element KV<Integer, CoGbkResult> bucket, MultiOutputReceiver out) {
      CoGbkResult rows = bucket.getValue();
      Map<String, Carry> byPlaylist = new HashMap<>();
      Batches.forEach(
          rows.getAll(orders),
          new CarryFormat(),
          order -> byPlaylist.put(order.playlistId(), order));
      if (byPlaylist.isEmpty()) {
        return;
      }
      Batches.forEach(
          rows.getAll(playlists),
          playlistRows,
          row -> {
            Carry order = byPlaylist.get(row.playlistId());
            ReadStatus as = order == null ? null : order.rowAs();
            if (as != null) {
              out.get(CarriedRows.PLAYLISTS).output(row.withStatus(as));
            }
          });
      Batches.forEach(
          rows.getAll(items),
          itemRows,
          item -> {
            Carry order = byPlaylist.get(item.playlistId());
            if (order != null && item.position() >= order.fromPosition()) {
              out.get(CarriedRows.ITEMS).output(item);
            }
          });
    }
  }
}
