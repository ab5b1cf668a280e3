package dev.playlistlake.transforms;

import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.PlaylistItem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Max;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * When the newest item was added. In: items of playlists. Out: one element for each user's Liked
 * Songs (in a lake that is one, or none), its playlist id and the newest added_at in microseconds
 * since the epoch; none if no item has an added_at.
 */
public final class NewestAdded
    extends PTransform<PCollection<PlaylistItem>, PCollection<KV<String, Long>>> {
  private NewestAdded() {}

  public static NewestAdded ofLikedSongs() {
    return new NewestAdded();
  }

  /** The coder of the output. */
  public static KvCoder<String, Long> coder() {
    return KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
  }

  /** The point in time that comes out as a number. */
  public static Instant instant(long microseconds) {
    return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<PlaylistItem> items) {
    return items
        .apply("Take Liked Songs", ParDo.of(new AddedFn()))
        .setCoder(coder())
        .apply("Newest", Max.longsPerKey());
  }

  private static final class AddedFn extends DoFn<PlaylistItem, KV<String, Long>> {
    @ProcessElement
    public void process(@Element PlaylistItem item, OutputReceiver<KV<String, Long>> out) {
      Instant added = item.addedAt();
      if (added != null && LikedSongs.isId(item.playlistId())) {
        out.output(KV.of(item.playlistId(), ChronoUnit.MICROS.between(Instant.EPOCH, added)));
      }
    }
  }
}
