package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.transforms.PackBatches;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;

/**
 * Asks Spotify for the details of all albums and artists of the run that the day's stored answers
 * do not tell, and stores them. Begins when {@link LandPlaylists} has ended, whose report says what
 * is left of the budget and whether anybody may still ask.
 *
 * <p>In: the resolved albums; the artists and the report beside them. Out: objects with the ids
 * that each answers for, and exactly one report on all asking of the run.
 */
public final class LandDetails extends PTransform<PCollection<Album>, LandedAnswers> {
  private final SpotifySource.Factory source;
  private final LakeLayout layout;
  private final Enrichment enrichment;
  private final Freshness freshness;
  private final transient PCollection<Artist> artists;
  private final transient PCollection<AskingReport> report;

  private LandDetails(
      SpotifySource.Factory source,
      LakeLayout layout,
      Enrichment enrichment,
      Freshness freshness,
      PCollection<Artist> artists,
      PCollection<AskingReport> report) {
    this.source = source;
    this.layout = layout;
    this.enrichment = enrichment;
    this.freshness = freshness;
    this.artists = artists;
    this.report = report;
  }

  /**
   * Details.
   *
   * @param artists the resolved artists
   * @param report of the playlists' asking, exactly one
   */
  public static LandDetails of(
      SpotifySettings settings,
      LakeLayout layout,
      Enrichment enrichment,
      Freshness freshness,
      PCollection<Artist> artists,
      PCollection<AskingReport> report) {
    return new LandDetails(
        SpotifySource.of(settings), layout, enrichment, freshness, artists, report);
  }

  @Override
  public LandedAnswers expand(PCollection<Album> albums) {
    TupleTag<byte[]> albumTag = new TupleTag<>("albums");
    TupleTag<byte[]> artistTag = new TupleTag<>("artists");
    TupleTag<AskingReport> reportTag = new TupleTag<>("report");
    PCollectionTuple landed =
        KeyedPCollectionTuple.of(
                reportTag,
                report.apply(
                    "Key of the report",
                    WithKeys.<Integer, AskingReport>of(unused -> 0)
                        .withKeyType(TypeDescriptors.integers())))
            .and(
                albumTag,
                albums
                    .apply(
                        "Album ids",
                        MapElements.into(TypeDescriptors.strings()).via(Album::albumId))
                    .apply("Gather album ids", gather()))
            .and(
                artistTag,
                artists
                    .apply(
                        "Artist ids",
                        MapElements.into(TypeDescriptors.strings()).via(Artist::artistId))
                    .apply("Gather artist ids", gather()))
            .apply("Gather ids behind the report", CoGroupByKey.create())
            .apply(
                "Ask for details",
                ParDo.of(
                        new LandDetailsFn(
                            source, layout, enrichment, freshness, albumTag, artistTag, reportTag))
                    .withOutputTags(LandedAnswers.LANDED, TupleTagList.of(LandedAnswers.REPORT)));
    return new LandedAnswers(landed);
  }

  private static PackBatches<String> gather() {
    return PackBatches.by(id -> 0, RowFormat.ofText());
  }
}
