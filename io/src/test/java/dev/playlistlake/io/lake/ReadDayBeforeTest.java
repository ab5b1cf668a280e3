package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.publish.WriteTables;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.DayRows;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.beam.sdk.testing.PAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What one day wrote is what the next one reads. */
class ReadDayBeforeTest {
  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void theRowsOfTheRunGivenComeOut(@TempDir Path lake) {
    LakeLayout run = new LakeLayout(lake.toString(), "2026-11-19", "20261119T060000Z-0001");
    DayRows written = DayRows.sound();
    BeamTest yesterday = new BeamTest();
    written
        .tables(yesterday.pipeline())
        .apply(
            "write",
            WriteTables.of(new RunFacts(run, 2, Instant.EPOCH, "DirectRunner", "1", false, "{}")));
    yesterday.run();

    DayBefore read = beam.pipeline().apply("read", ReadDayBefore.of(run));
    assertThat(read.ingestDate(), is("2026-11-19"));
    PAssert.that(read.snapshot().playlists()).containsInAnyOrder(written.playlists);
    PAssert.that(read.snapshot().items()).containsInAnyOrder(written.items);
    PAssert.that(read.catalog().songs()).containsInAnyOrder(written.songs);
    PAssert.that(read.catalog().albums()).containsInAnyOrder(written.albums);
    PAssert.that(read.catalog().artists()).containsInAnyOrder(written.artists);
    beam.run();
  }

  @Test
  void onTheFirstDayThereIsNothing() {
    DayBefore read = beam.pipeline().apply("read", ReadDayBefore.of(null));
    assertThat(read.ingestDate(), is(nullValue()));
    PAssert.that(read.snapshot().playlists()).empty();
    PAssert.that(read.snapshot().items()).empty();
    PAssert.that(read.catalog().songs()).empty();
    PAssert.that(read.catalog().albums()).empty();
    PAssert.that(read.catalog().artists()).empty();
    beam.run();
  }
}
