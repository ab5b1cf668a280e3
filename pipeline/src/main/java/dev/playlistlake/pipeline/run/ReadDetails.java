package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.publish.EvidenceOf;
import dev.playlistlake.io.spotify.land.LandDetails;
import dev.playlistlake.io.spotify.land.LandedResponses;
import dev.playlistlake.io.spotify.parse.ParseDetails;
import dev.playlistlake.io.spotify.parse.ParsedDetails;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.transforms.catalog.CountItems;
import dev.playlistlake.transforms.catalog.ResolvedCatalog;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Reads the details of the catalog's albums and artists: fetches what neither stored responses nor
 * earlier days have, within the budget that the playlists left, and parses what is stored.
 */
final class ReadDetails extends PTransform<ResolvedCatalog, TodaysDetails> {
  private final transient LakeJob job;
  private final transient PCollection<PlaylistItem> items;
  private final transient PCollection<FetchReport> playlistsReport;

  private ReadDetails(
      LakeJob job, PCollection<PlaylistItem> items, PCollection<FetchReport> playlistsReport) {
    this.job = job;
    this.items = items;
    this.playlistsReport = playlistsReport;
  }

  /**
   * Reads details.
   *
   * @param items of today's playlists
   * @param playlistsReport how fetching playlists went, exactly one; after a stop nothing is
   *     fetched
   */
  static ReadDetails of(
      LakeJob job, PCollection<PlaylistItem> items, PCollection<FetchReport> playlistsReport) {
    return new ReadDetails(job, items, playlistsReport);
  }

  @Override
  public TodaysDetails expand(ResolvedCatalog known) {
    LandedResponses landed = known.albums().apply("Land details", landing(known));
    ParsedDetails parsed =
        landed.landed().apply("Parse details", ParseDetails.since(job.facts().startedAt()));
    return new TodaysDetails(
        PCollectionTuple.of(TodaysDetails.ALBUMS, parsed.albums())
            .and(TodaysDetails.ARTISTS, parsed.artists())
            .and(TodaysDetails.REJECTIONS, parsed.rejections())
            .and(
                TodaysDetails.COUNTED,
                parsed.tallies().apply("Evidence: tallies of details", EvidenceOf.tallies()))
            .and(
                TodaysDetails.FETCHED,
                landed.report().apply("Evidence: report", EvidenceOf.report())));
  }

  private LandDetails landing(ResolvedCatalog known) {
    LandDetails landing =
        LandDetails.of(
            job.spotify(),
            job.responses(),
            job.enrichment(),
            job.refreshPolicy(),
            known.artists(),
            playlistsReport);
    // Only single details have an order; other runs skip the shuffle.
    return job.enrichment().alsoOneByOne()
        ? landing.withItems(known.songs().apply("Count items", CountItems.in(items)))
        : landing;
  }
}
