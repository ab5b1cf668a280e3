package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawDay;
import dev.playlistlake.io.lake.RawList;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.PriorReading;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.transforms.Batches;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** Stores the list, then the answers for its playlists; a replay finds both stored. */
final class LandPlaylistsFn extends DoFn<KV<Integer, CoGbkResult>, Landed> {
  private final SpotifySource.Factory factory;
  private final RawDay day;
  private final Freshness freshness;
  private final TupleTag<ListEntry> list;
  private final TupleTag<byte[]> dayBefore;

  LandPlaylistsFn(
      SpotifySource.Factory factory,
      RawDay day,
      Freshness freshness,
      TupleTag<ListEntry> list,
      TupleTag<byte[]> dayBefore) {
    this.factory = factory;
    this.day = day;
    this.freshness = freshness;
    this.list = list;
    this.dayBefore = dayBefore;
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> all, MultiOutputReceiver out)
      throws InterruptedException, IOException {
    List<ListEntry> entries = new ArrayList<>();
    all.getValue().getAll(list).forEach(entries::add);
    entries.sort(Comparator.comparingInt(ListEntry::index));
    List<String> ids =
        entries.stream().map(ListEntry::playlistId).filter(Objects::nonNull).distinct().toList();
    Map<String, PriorReading> before = new HashMap<>();
    Batches.forEach(
        all.getValue().getAll(dayBefore),
        RowFormat.of(new PlaylistCodec()),
        row -> before.put(row.playlistId(), PriorReading.of(row)));
    if (day.isReplay()) {
      new PlaylistReplay(day).find(ids, before).forEach(out.get(LandedAnswers.LANDED)::output);
      out.get(LandedAnswers.REPORT).output(AskingReport.start());
      return;
    }
    RawList.write(day, entries);
    // Opened here and not in a set-up method: this is called once a run, and only this asks.
    try (SpotifySource source = factory.open()) {
      PlaylistLanding.Result result = new PlaylistLanding(source, day, freshness, before).land(ids);
      result.landed().forEach(out.get(LandedAnswers.LANDED)::output);
      out.get(LandedAnswers.REPORT).output(result.report());
    }
  }
}
