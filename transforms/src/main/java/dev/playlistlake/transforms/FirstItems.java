package dev.playlistlake.transforms;

import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.run.UriPrefixes;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RowFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The URIs of the items that a first response may hold, packed under one key. In: items of
 * playlists. Out: batches for {@link #prefixes}.
 */
public final class FirstItems
    extends PTransform<PCollection<PlaylistItem>, PCollection<KV<Integer, byte[]>>> {
  private FirstItems() {}

  public static FirstItems packed() {
    return new FirstItems();
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<PlaylistItem> items) {
    return items
        .apply("Take first items", Filter.by(item -> item.position() < UriPrefixes.MOST))
        .apply(
            "Keep their URIs",
            MapElements.into(TypeDescriptor.of(PlaylistItem.class)).via(FirstItems::uriOnly))
        .apply(
            "Pack first items", PackBatches.by(item -> 0, RowFormat.of(new PlaylistItemCodec())));
  }

  private static PlaylistItem uriOnly(PlaylistItem item) {
    return new PlaylistItem(
        item.playlistId(),
        item.position(),
        item.itemType(),
        null,
        item.itemUri(),
        null,
        null,
        null);
  }

  /** The beginnings of each playlist, by id, from all batches. */
  public static Map<String, UriPrefixes> prefixes(Iterable<byte[]> batches) {
    Map<String, TreeMap<Integer, @Nullable String>> uris = new HashMap<>();
    Batches.forEach(
        batches,
        RowFormat.of(new PlaylistItemCodec()),
        item ->
            uris.computeIfAbsent(item.playlistId(), unseen -> new TreeMap<>())
                .put(item.position(), item.itemUri()));
    Map<String, UriPrefixes> prefixes = new HashMap<>();
    uris.forEach((id, byPosition) -> prefixes.put(id, UriPrefixes.of(byPosition.values())));
    return prefixes;
  }
}
