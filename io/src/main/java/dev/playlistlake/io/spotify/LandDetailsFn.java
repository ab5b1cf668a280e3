package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.transforms.Batches;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** One call with all ids and the report of what was asked before. */
final class LandDetailsFn extends DoFn<KV<Integer, CoGbkResult>, Landed> {
  private final SpotifySource.Factory factory;
  private final LakeLayout layout;
  private final Enrichment enrichment;
  private final Freshness freshness;
  private final TupleTag<byte[]> albums;
  private final TupleTag<byte[]> artists;
  private final TupleTag<AskingReport> report;

  LandDetailsFn(
      SpotifySource.Factory factory,
      LakeLayout layout,
      Enrichment enrichment,
      Freshness freshness,
      TupleTag<byte[]> albums,
      TupleTag<byte[]> artists,
      TupleTag<AskingReport> report) {
    this.factory = factory;
    this.layout = layout;
    this.enrichment = enrichment;
    this.freshness = freshness;
    this.albums = albums;
    this.artists = artists;
    this.report = report;
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> all, MultiOutputReceiver out)
      throws InterruptedException, IOException {
    Map<SubjectType, TreeSet<String>> ids = new EnumMap<>(SubjectType.class);
    ids.put(SubjectType.ALBUM, ids(all.getValue().getAll(albums)));
    ids.put(SubjectType.ARTIST, ids(all.getValue().getAll(artists)));
    AskingReport before = all.getValue().getOnly(report);
    try (SpotifySource source = factory.open()) {
      DetailLanding.Result result =
          new DetailLanding(source, layout, enrichment, freshness).land(ids, before);
      result.landed().forEach(out.get(LandedAnswers.LANDED)::output);
      out.get(LandedAnswers.REPORT).output(result.report());
    }
  }

  private static TreeSet<String> ids(Iterable<byte[]> wanted) {
    TreeSet<String> ids = new TreeSet<>();
    Batches.forEach(wanted, RowFormat.ofText(), ids::add);
    return ids;
  }
}
