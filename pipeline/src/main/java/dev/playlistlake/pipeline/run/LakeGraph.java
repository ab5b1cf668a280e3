package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.lake.ReadTable;
import dev.playlistlake.io.lake.WriteTable;
import dev.playlistlake.io.publish.AuditEvidence;
import dev.playlistlake.io.publish.CountRows;
import dev.playlistlake.io.publish.PublishRun;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.land.LandDetails;
import dev.playlistlake.io.spotify.land.LandPlaylists;
import dev.playlistlake.io.spotify.land.LandedResponses;
import dev.playlistlake.io.spotify.parse.ParseDetails;
import dev.playlistlake.io.spotify.parse.ParsePlaylists;
import dev.playlistlake.io.spotify.parse.ParsedDetails;
import dev.playlistlake.io.spotify.parse.ParsedPlaylists;
import dev.playlistlake.io.spotify.users.PseudonymizeUsers;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.IntegrityClaim;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.Song;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistEventCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RejectionCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.transforms.CarriedRows;
import dev.playlistlake.transforms.CarryForward;
import dev.playlistlake.transforms.CheckIntegrity;
import dev.playlistlake.transforms.ClaimRows;
import dev.playlistlake.transforms.CompareSnapshots;
import dev.playlistlake.transforms.NamedIds;
import dev.playlistlake.transforms.PackSightings;
import dev.playlistlake.transforms.RejectInvalidEntries;
import dev.playlistlake.transforms.ResolveById;
import dev.playlistlake.transforms.Snapshot;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;

/** The graph: asks and stores, then shapes what is stored, then writes, audits and publishes. */
public final class LakeGraph {
  private final LakeJob job;
  private PCollectionList<AuditEvidence> evidence;
  private PCollectionList<KV<Integer, byte[]>> claims;

  private LakeGraph(LakeJob job, Pipeline pipeline) {
    this.job = job;
    this.evidence = PCollectionList.empty(pipeline);
    this.claims = PCollectionList.empty(pipeline);
  }

  /** Adds the whole graph to a pipeline; the run row comes out when all is done. */
  public static PCollection<RunRow> applyTo(Pipeline pipeline, LakeJob job) {
    return new LakeGraph(job, pipeline).apply(pipeline);
  }

  private PCollection<RunRow> apply(Pipeline pipeline) {
    PCollection<ListEntry> given =
        pipeline.apply(
            "Read playlist ids",
            Create.of(job.entries()).withCoder(SerializableCoder.of(ListEntry.class)));

    Snapshot dayBefore =
        new Snapshot(
            before(pipeline, new PlaylistCodec()), before(pipeline, new PlaylistItemCodec()));

    LandPlaylists landing =
        LandPlaylists.of(
            job.spotify(),
            job.answers(),
            job.freshness(),
            job.mine(),
            job.dayBefore() == null ? null : RawDay.of(job.dayBefore()),
            dayBefore.playlists());
    LandedResponses landed =
        given.apply(
            "Land playlists",
            job.listsLikedSongs() ? landing.withLiked(dayBefore.items()) : landing);
    PCollection<ListEntry> list = landed.list();
    ParsedPlaylists parsed =
        landed.landed().apply("Parse playlists", ParsePlaylists.since(job.facts().startedAt()));
    CarriedRows carried = parsed.carries().apply("Carry forward", CarryForward.from(dayBefore));
    Snapshot today =
        PseudonymizeUsers.in(
            new Snapshot(parsed.playlists(), parsed.items()).and("Today", carried.rows()),
            job.spotify().users());

    PCollection<Song> songs =
        both(
                "Songs and the day before",
                parsed.songs(),
                before(pipeline, new SongCodec())
                    .apply("Pack songs of the day before", PackSightings.ofSongs()))
            .apply(
                "Resolve songs",
                ResolveById.songsNamedBy(
                    today.items().apply("Tracks of items", NamedIds.tracks())));
    PCollection<String> albumIds = songs.apply("Albums of songs", NamedIds.albumsOfSongs());
    PCollection<String> artistsOfSongs = songs.apply("Artists of songs", NamedIds.artistsOfSongs());
    PCollection<Album> knownAlbums =
        both(
                "Albums and the day before",
                parsed.albums(),
                before(pipeline, new AlbumCodec())
                    .apply("Pack albums of the day before", PackSightings.ofAlbums()))
            .apply("Resolve known albums", ResolveById.albumsNamedBy(albumIds));
    PCollection<KV<Integer, byte[]>> seenArtists =
        both(
            "Artists and the day before",
            parsed.artists(),
            before(pipeline, new ArtistCodec())
                .apply("Pack artists of the day before", PackSightings.ofArtists()));
    PCollection<Artist> knownArtists =
        seenArtists.apply(
            "Resolve known artists",
            ResolveById.artistsNamedBy(
                both(
                    "Artists known",
                    artistsOfSongs,
                    knownAlbums.apply("Artists of known albums", NamedIds.artistsOfAlbums()))));

    LandedResponses details =
        knownAlbums.apply(
            "Land details",
            LandDetails.of(
                job.spotify(),
                job.answers(),
                job.enrichment(),
                job.freshness(),
                knownArtists,
                landed.report()));
    ParsedDetails told =
        details.landed().apply("Parse details", ParseDetails.since(job.facts().startedAt()));
    PCollection<Album> albums =
        both(
                "Albums and details",
                knownAlbums.apply("Pack known albums", PackSightings.ofAlbums()),
                told.albums().apply("Pack details of albums", PackSightings.ofAlbums()))
            .apply("Merge albums", ResolveById.albumsNamedBy(albumIds));
    PCollection<Artist> artists =
        both(
                "Artists and details",
                seenArtists,
                told.artists().apply("Pack details of artists", PackSightings.ofArtists()))
            .apply(
                "Merge artists",
                ResolveById.artistsNamedBy(
                    both(
                        "Artists named",
                        artistsOfSongs,
                        albums.apply("Artists of albums", NamedIds.artistsOfAlbums()))));
    PCollection<Rejection> rejections =
        PCollectionList.of(list.apply("Reject invalid entries", RejectInvalidEntries.create()))
            .and(parsed.rejections())
            .and(told.rejections())
            .apply("All rejections", Flatten.pCollections());
    PCollection<PlaylistEvent> events =
        today
            .playlists()
            .apply(
                "Compare snapshots",
                CompareSnapshots.with(
                    today.items(),
                    dayBefore.playlists(),
                    dayBefore.items(),
                    parsed.rejections().apply("Playlists not found", NamedIds.playlistsNotFound()),
                    job.dayBefore() == null ? null : job.dayBefore().ingestDate()));

    write(new PlaylistCodec(), today.playlists());
    write(new PlaylistItemCodec(), today.items());
    write(new SongCodec(), songs);
    write(new AlbumCodec(), albums);
    write(new ArtistCodec(), artists);
    write(new PlaylistEventCodec(), events);
    write(new RejectionCodec(), rejections);

    claim("Claims of the list", list, ClaimRows.ofList());
    claim("Claims of playlists", today.playlists(), ClaimRows.ofPlaylists());
    claim("Claims of items", today.items(), ClaimRows.ofItems());
    claim("Claims of songs", songs, ClaimRows.ofSongs());
    claim("Claims of albums", albums, ClaimRows.ofAlbums());
    claim("Claims of artists", artists, ClaimRows.ofArtists());
    claim("Claims of rejections", rejections, ClaimRows.ofRejections());

    tally("the list", list.apply("Count the list", CountRows.ofList()));
    tally("status", today.playlists().apply("Count by status", CountRows.byStatus()));
    tally(
        "the day before",
        dayBefore.playlists().apply("Count the day before", CountRows.ofDayBefore()));
    tally("events", events.apply("Count by type", CountRows.byType()));
    tally("playlists", parsed.tallies());
    tally("details", told.tallies());
    prove("asking", details.report(), AuditEvidence::asking);
    prove("integrity", integrity(), AuditEvidence::violation);
    return evidence
        .apply("All evidence", Flatten.pCollections())
        .apply("Publish", PublishRun.of(job.facts()));
  }

  private <T> PCollection<T> before(Pipeline pipeline, TableCodec<T> codec) {
    return pipeline.apply(
        "Read " + codec.table().tableName() + " of the day before",
        ReadTable.of(codec, job.dayBefore()));
  }

  private <T> void write(TableCodec<T> codec, PCollection<T> rows) {
    String table = codec.table().tableName();
    tally(table, rows.apply("Count " + table, CountRows.of(codec.table())));
    prove(
        "files of " + table,
        rows.apply(
            "Write " + table, WriteTable.of(codec, job.layout(), job.facts().filesPerTable())),
        AuditEvidence::file);
  }

  private PCollection<String> integrity() {
    return claims
        .apply("All claims", Flatten.pCollections())
        .apply("Check integrity", CheckIntegrity.create());
  }

  private <T> void claim(
      String name, PCollection<T> rows, FlatMapElements<T, IntegrityClaim> ofRows) {
    claims = claims.and(rows.apply(name, ofRows).apply(name + ", spread", CheckIntegrity.spread()));
  }

  private void tally(String what, PCollection<KV<String, Long>> tallies) {
    prove("tallies of " + what, tallies, AuditEvidence::tally);
  }

  private <T> void prove(
      String what, PCollection<T> facts, SerializableFunction<T, AuditEvidence> asEvidence) {
    evidence =
        evidence.and(
            facts.apply(
                "Evidence: " + what,
                MapElements.into(TypeDescriptor.of(AuditEvidence.class)).via(asEvidence)));
  }

  private static <T> PCollection<T> both(String name, PCollection<T> one, PCollection<T> other) {
    return PCollectionList.of(one).and(other).apply(name, Flatten.pCollections());
  }
}
