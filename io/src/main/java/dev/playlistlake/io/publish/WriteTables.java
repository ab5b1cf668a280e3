package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.WriteTable;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistEventCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RejectionCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.transforms.check.DayTables;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Writes the tables of a run and counts their rows. Out: how many rows the graph made per table,
 * which the audit compares with the files' contents, and the files once they are in place.
 */
public final class WriteTables extends PTransform<DayTables, PCollectionList<AuditEvidence>> {
  private final RunFacts facts;

  private WriteTables(RunFacts facts) {
    this.facts = facts;
  }

  public static WriteTables of(RunFacts facts) {
    return new WriteTables(facts);
  }

  @Override
  public PCollectionList<AuditEvidence> expand(DayTables tables) {
    List<PCollection<AuditEvidence>> evidence = new ArrayList<>();
    write(new PlaylistCodec(), tables.snapshot().playlists(), evidence);
    write(new PlaylistItemCodec(), tables.snapshot().items(), evidence);
    write(new SongCodec(), tables.catalog().songs(), evidence);
    write(new AlbumCodec(), tables.catalog().albums(), evidence);
    write(new ArtistCodec(), tables.catalog().artists(), evidence);
    write(new PlaylistEventCodec(), tables.events(), evidence);
    write(new RejectionCodec(), tables.rejections(), evidence);
    return PCollectionList.of(evidence);
  }

  private <T> void write(
      TableCodec<T> codec, PCollection<T> rows, List<PCollection<AuditEvidence>> evidence) {
    String table = codec.table().tableName();
    evidence.add(
        rows.apply("Count " + table, CountRows.of(codec.table()))
            .apply("Evidence: rows of " + table, EvidenceOf.tallies()));
    evidence.add(
        rows.apply("Write " + table, WriteTable.of(codec, facts.layout(), facts.filesPerTable()))
            .apply("Evidence: files of " + table, EvidenceOf.files()));
  }
}
