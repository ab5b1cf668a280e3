package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.stored.DetailReplay;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LandedDetails;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.schema.DetailStateFormat;
import dev.playlistlake.transforms.Batches;
import java.io.IOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;

/** One call with all ids and the report on earlier fetching. */
final class LandDetailsFn extends DoFn<KV<Integer, CoGbkResult>, StoredResponseRef> {
  private final SpotifyConnection.Factory factory;
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy refreshPolicy;
  private final TupleTag<byte[]> albums;
  private final TupleTag<byte[]> artists;
  private final TupleTag<FetchReport> report;

  LandDetailsFn(
      SpotifyConnection.Factory factory,
      RawDay day,
      Enrichment enrichment,
      RefreshPolicy refreshPolicy,
      TupleTag<byte[]> albums,
      TupleTag<byte[]> artists,
      TupleTag<FetchReport> report) {
    this.factory = factory;
    this.day = day;
    this.enrichment = enrichment;
    this.refreshPolicy = refreshPolicy;
    this.albums = albums;
    this.artists = artists;
    this.report = report;
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> all, MultiOutputReceiver out)
      throws InterruptedException, IOException {
    Map<SubjectType, Collection<DetailState>> wanted = new EnumMap<>(SubjectType.class);
    wanted.put(SubjectType.ALBUM, states(all.getValue().getAll(albums)));
    wanted.put(SubjectType.ARTIST, states(all.getValue().getAll(artists)));
    LandedDetails result = land(wanted, all.getValue().getOnly(report));
    result.landed().forEach(out.get(LandedResponses.LANDED)::output);
    out.get(LandedResponses.REPORT).output(result.report());
  }

  private LandedDetails land(Map<SubjectType, Collection<DetailState>> wanted, FetchReport before)
      throws InterruptedException, IOException {
    if (day.isReplay()) {
      return new DetailReplay(day, enrichment, refreshPolicy).find(wanted, before);
    }
    try (SpotifyConnection connection = factory.open()) {
      return new DetailLanding(connection, day, enrichment, refreshPolicy).land(wanted, before);
    }
  }

  /** One state per id: its age and the subtotals of its items come apart. */
  private static Collection<DetailState> states(Iterable<byte[]> wanted) {
    Map<String, DetailState> states = new TreeMap<>();
    Batches.forEach(
        wanted,
        new DetailStateFormat(),
        state -> states.merge(state.id(), state, DetailState::and));
    return states.values();
  }
}
