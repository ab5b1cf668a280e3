package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.schema.DetailStateFormat;
import dev.playlistlake.transforms.PackBatches;
import dev.playlistlake.transforms.catalog.CountItems;
import dev.playlistlake.transforms.catalog.ItemCounts;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/**
 * Fetches and stores the details of all albums and artists of the run that neither earlier days nor
 * this day's stored responses contain; a replay finds them stored. Starts when {@link
 * LandPlaylists} has ended, because its report gives the remaining budget and whether requests may
 * still be sent.
 *
 * <p>In: the resolved albums and artists, and the report. Out: objects with the ids that each
 * covers, and exactly one report on all fetching of the run.
 */
public final class LandDetails extends PTransform<PCollection<Album>, LandedResponses> {
  private static final TypeDescriptor<DetailState> STATES = TypeDescriptor.of(DetailState.class);

  private final SpotifyConnection.Factory source;
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy refreshPolicy;
  private final transient PCollection<Artist> artists;
  private final transient PCollection<FetchReport> report;
  private final transient @Nullable ItemCounts items;

  private LandDetails(
      SpotifyConnection.Factory source,
      RawDay day,
      Enrichment enrichment,
      RefreshPolicy refreshPolicy,
      PCollection<Artist> artists,
      PCollection<FetchReport> report,
      @Nullable ItemCounts items) {
    this.source = source;
    this.day = day;
    this.enrichment = enrichment;
    this.refreshPolicy = refreshPolicy;
    this.artists = artists;
    this.report = report;
    this.items = items;
  }

  /**
   * Details.
   *
   * @param day where the responses are stored, or replayed from
   * @param artists the resolved artists, with what earlier days hold of them
   * @param report on fetching the playlists, exactly one
   */
  public static LandDetails of(
      SpotifySettings settings,
      RawDay day,
      Enrichment enrichment,
      RefreshPolicy refreshPolicy,
      PCollection<Artist> artists,
      PCollection<FetchReport> report) {
    return new LandDetails(
        SpotifyConnection.of(settings), day, enrichment, refreshPolicy, artists, report, null);
  }

  /**
   * The same if details may be fetched one by one.
   *
   * @param itemsPerId from {@link CountItems}: what most items name is fetched first
   */
  public LandDetails withItems(ItemCounts itemsPerId) {
    return new LandDetails(source, day, enrichment, refreshPolicy, artists, report, itemsPerId);
  }

  @Override
  public LandedResponses expand(PCollection<Album> albums) {
    TupleTag<byte[]> albumTag = new TupleTag<>("albums");
    TupleTag<byte[]> artistTag = new TupleTag<>("artists");
    TupleTag<FetchReport> reportTag = new TupleTag<>("report");
    PCollectionTuple landed =
        KeyedPCollectionTuple.of(
                reportTag,
                report.apply(
                    "Key of the report",
                    WithKeys.<Integer, FetchReport>of(unused -> 0)
                        .withKeyType(TypeDescriptors.integers())))
            .and(
                albumTag,
                withItems(
                        "Albums and their items",
                        albums.apply(
                            "Album ids",
                            MapElements.into(STATES)
                                .via(
                                    album -> new DetailState(album.albumId(), album.detailedAt()))),
                        items == null ? null : items.albums())
                    .apply("Gather album ids", gather()))
            .and(
                artistTag,
                withItems(
                        "Artists and their items",
                        artists.apply(
                            "Artist ids",
                            MapElements.into(STATES)
                                .via(
                                    artist ->
                                        new DetailState(artist.artistId(), artist.detailedAt()))),
                        items == null ? null : items.artists())
                    .apply("Gather artist ids", gather()))
            .apply("Gather ids behind the report", CoGroupByKey.create())
            .apply(
                "Ask for details",
                ParDo.of(
                        new LandDetailsFn(
                            source, day, enrichment, refreshPolicy, albumTag, artistTag, reportTag))
                    .withOutputTags(
                        LandedResponses.LANDED, TupleTagList.of(LandedResponses.REPORT)));
    return new LandedResponses(landed);
  }

  private static PCollection<DetailState> withItems(
      String name, PCollection<DetailState> ids, @Nullable PCollection<DetailState> counts) {
    return counts == null
        ? ids
        : PCollectionList.of(ids).and(counts).apply(name, Flatten.pCollections());
  }

  private static PackBatches<DetailState> gather() {
    return PackBatches.by(state -> 0, new DetailStateFormat());
  }
}
