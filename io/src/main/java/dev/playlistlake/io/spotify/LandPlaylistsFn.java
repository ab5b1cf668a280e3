package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RawStore;
import dev.playlistlake.model.ListEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Stores the list, then the answers for its playlists in the order of the list. */
final class LandPlaylistsFn extends DoFn<KV<Integer, Iterable<ListEntry>>, Landed> {
  private final SpotifySource.Factory factory;
  private final LakeLayout layout;
  private final Freshness freshness;

  LandPlaylistsFn(SpotifySource.Factory factory, LakeLayout layout, Freshness freshness) {
    this.factory = factory;
    this.layout = layout;
    this.freshness = freshness;
  }

  @ProcessElement
  public void process(@Element KV<Integer, Iterable<ListEntry>> list, MultiOutputReceiver out)
      throws InterruptedException, IOException {
    List<ListEntry> entries = new ArrayList<>();
    list.getValue().forEach(entries::add);
    entries.sort(Comparator.comparingInt(ListEntry::index));
    RawStore.writeList(layout, entries);
    List<String> ids =
        entries.stream().map(ListEntry::playlistId).filter(Objects::nonNull).distinct().toList();
    // Opened here and not in a set-up method: this is called once a run, and only this asks.
    try (SpotifySource source = factory.open()) {
      PlaylistLanding.Result result = new PlaylistLanding(source, layout, freshness).land(ids);
      result.landed().forEach(out.get(LandedAnswers.LANDED)::output);
      out.get(LandedAnswers.REPORT).output(result.report());
    }
  }
}
