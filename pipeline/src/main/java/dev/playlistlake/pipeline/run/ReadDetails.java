package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.publish.EvidenceOf;
import dev.playlistlake.io.spotify.land.LandDetails;
import dev.playlistlake.io.spotify.land.LandedResponses;
import dev.playlistlake.io.spotify.parse.ParseDetails;
import dev.playlistlake.io.spotify.parse.ParsedDetails;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.pipeline.job.LakeJob;
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
  private final transient PCollection<FetchReport> playlistsReport;

  private ReadDetails(LakeJob job, PCollection<FetchReport> playlistsReport) {
    this.job = job;
    this.playlistsReport = playlistsReport;
  }

  /**
   * Reads details.
   *
   * @param playlistsReport how fetching playlists went, exactly one; after a stop nothing is
   *     fetched
   */
  static ReadDetails of(LakeJob job, PCollection<FetchReport> playlistsReport) {
    return new ReadDetails(job, playlistsReport);
  }

  @Override
  public TodaysDetails expand(ResolvedCatalog known) {
    LandedResponses landed =
        known
            .albums()
            .apply(
                "Land details",
                LandDetails.of(
                    job.spotify(),
                    job.responses(),
                    job.enrichment(),
                    job.refreshPolicy(),
                    known.artists(),
                    playlistsReport));
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
}
