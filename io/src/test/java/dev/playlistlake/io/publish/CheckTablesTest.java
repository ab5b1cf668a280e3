package dev.playlistlake.io.publish;

import dev.playlistlake.model.EventType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.DayRows;
import dev.playlistlake.testing.Rows;
import dev.playlistlake.transforms.Snapshot;
import java.util.List;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The audit learns what is wrong with the tables, and what the run's row counts. */
class CheckTablesTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  private final DayRows day = DayRows.sound();

  @Test
  void aSoundDayIsCounted() {
    GivenEvidence.expect(
        checked(),
        "TALLY events_first_seen 1",
        "TALLY invalid_entries 1",
        "TALLY other_rejected 1",
        "TALLY playlists_before 2",
        "TALLY playlists_listed 2",
        "TALLY playlists_read 1");
    beam.run();
  }

  @Test
  void aBrokenInvariantIsFound() {
    day.artists.remove(1);
    day.events.add(DayRows.event(1, EventType.RENAMED));
    GivenEvidence.expect(
        checked(),
        "TALLY events_first_seen 1",
        "TALLY events_renamed 1",
        "TALLY invalid_entries 1",
        "TALLY other_rejected 1",
        "TALLY playlists_before 2",
        "TALLY playlists_listed 2",
        "TALLY playlists_read 1",
        "VIOLATION I2: artist a2 is named, but has no row 0");
    beam.run();
  }

  private PCollectionList<AuditEvidence> checked() {
    return day.tables(beam.pipeline())
        .apply(
            "check",
            CheckTables.against(
                day.list(beam.pipeline()),
                new Snapshot(
                    rows(
                        "playlists before",
                        List.of(
                            Rows.playlist("p1", ReadStatus.READ, 1),
                            Rows.playlist("left", ReadStatus.READ, 1)),
                        Playlist.class),
                    rows("items before", List.of(), PlaylistItem.class))));
  }

  private <T> PCollection<T> rows(String name, List<T> rows, Class<T> type) {
    return beam.pipeline().apply(name, Create.of(rows).withType(TypeDescriptor.of(type)));
  }
}
