package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.publish.Counts;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.PreviousPlaylist;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.transforms.Batches;
import dev.playlistlake.transforms.FirstItems;
import dev.playlistlake.transforms.NewestAdded;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** One call with the whole list and the day before. */
final class LandPlaylistsFn extends DoFn<KV<Integer, CoGbkResult>, StoredResponseRef> {
  private final ListLanding landing;
  private final Inputs inputs;

  /**
   * The tags of the grouped inputs.
   *
   * @param items the first items of the day before
   * @param newest null if no Liked Songs are in the list
   */
  record Inputs(
      TupleTag<ListEntry> list,
      TupleTag<byte[]> before,
      TupleTag<byte[]> items,
      @Nullable TupleTag<KV<String, Long>> newest)
      implements Serializable {}

  LandPlaylistsFn(ListLanding landing, Inputs inputs) {
    this.landing = landing;
    this.inputs = inputs;
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> all, MultiOutputReceiver out)
      throws InterruptedException, IOException {
    List<ListEntry> entries = new ArrayList<>();
    all.getValue().getAll(inputs.list()).forEach(entries::add);
    entries.sort(Comparator.comparingInt(ListEntry::index));
    ListLanding.Result result = landing.land(entries, before(all.getValue()));
    result.list().forEach(out.get(LandedResponses.LIST)::output);
    result.landed().forEach(out.get(LandedResponses.LANDED)::output);
    out.get(LandedResponses.REPORT).output(result.report());
    if (result.leftLibrary() > 0) {
      out.get(LandedResponses.TALLIES)
          .output(KV.of(Counts.PLAYLISTS_LEFT, (long) result.leftLibrary()));
    }
  }

  /** The state of playlists on the day before, by id. */
  private Map<String, PreviousPlaylist> before(CoGbkResult all) {
    Map<String, PreviousPlaylist> before = new HashMap<>();
    Batches.forEach(
        all.getAll(inputs.before()),
        RowFormat.of(new PlaylistCodec()),
        row -> before.put(row.playlistId(), PreviousPlaylist.of(row)));
    FirstItems.prefixes(all.getAll(inputs.items()))
        .forEach(
            (id, prefixes) ->
                before.computeIfPresent(id, (same, reading) -> reading.withPrefixes(prefixes)));
    if (inputs.newest() != null) {
      for (KV<String, Long> newest : all.getAll(inputs.newest())) {
        String version = LikedSongs.version(NewestAdded.instant(newest.getValue()));
        before.computeIfPresent(newest.getKey(), (id, reading) -> reading.withVersion(version));
      }
    }
    return before;
  }
}
