package dev.playlistlake.pipeline.plan;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.JobRun;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lake by which plans weigh where there is none, and how it weighs. */
class PlannedBytesTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final int PLAYLISTS = 20;
  private static final int ITEMS = 300;

  private final GeneratedCatalog catalog =
      GeneratedCatalog.of(7, PLAYLISTS, ITEMS, PLAYLISTS * ITEMS);
  private final SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults());
  private final Path folder;

  PlannedBytesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void close() {
    spotify.close();
  }

  @Test
  void aDayWeighsWhatWasPlanned() throws IOException {
    JsonNode first = plan(1);
    run(1);
    assertThat(first.get("measured_by_lake").asBoolean(), is(false));
    assertWeighs(1, first);

    JsonNode second = plan(2);
    run(2);
    assertThat(second.get("measured_by_lake").asBoolean(), is(true));
    assertWeighs(2, second);

    // All is seven days old.
    JsonNode eighth = plan(8);
    run(8);
    assertWeighs(8, eighth);
    long full = raw(1);
    long quiet = raw(2);
    assertNear("raw of a year", first.get("raw_bytes_a_year"), 53L * full + 312L * quiet);
    assertNear("raw of a year", second.get("raw_bytes_a_year"), 53L * full + 312L * quiet);
  }

  private void assertWeighs(int day, JsonNode plan) throws IOException {
    Map<String, Long> weighed = new TreeMap<>();
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        weighed.put(table.tableName(), bytes(day, table.tableName()));
      }
    }
    for (String kind : List.of("playlist", "album", "artist")) {
      weighed.put("raw " + kind, bytes(day, "raw", kind));
    }
    String measured = "day " + day + ", " + PLAYLISTS * ITEMS + " items weigh " + weighed;
    long tables =
        weighed.entrySet().stream()
            .filter(one -> !one.getKey().startsWith("raw"))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertNear(measured, plan.get("table_bytes_a_day"), tables);
    assertNear(measured, plan.get("raw_bytes_a_day"), raw(day));
    assertNear(
        measured,
        plan.get("scan_bytes_one_day"),
        weighed.getOrDefault("song", 0L) + weighed.getOrDefault("playlist_item", 0L));
  }

  private static void assertNear(String measured, JsonNode planned, long bytes) {
    assertThat(measured, planned.asDouble(), closeTo((double) bytes, bytes / 4.0));
  }

  private long raw(int day) throws IOException {
    return bytes(day, "raw", "playlist") + bytes(day, "raw", "album") + bytes(day, "raw", "artist");
  }

  private long bytes(int day, String above, String... below) throws IOException {
    Path place = folder.resolve("lake/" + above + "/ingest_date=" + DAY.plusDays(day - 1));
    for (String name : below) {
      place = place.resolve(name);
    }
    if (!Files.exists(place)) {
      return 0;
    }
    long bytes = 0;
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private JsonNode plan(int day) {
    JobRun plan =
        JobRun.ofCommand("plan", DAY.plusDays(day - 1), spotify, folder, list(), "--format=json");
    assertThat(plan.err(), plan.exitCode(), is(0));
    return plan.row();
  }

  private void run(int day) {
    JobRun run = JobRun.on(DAY.plusDays(day - 1), spotify, folder, list());
    assertThat(run.err(), run.exitCode(), is(0));
  }

  private String list() {
    return "--playlists=" + String.join(",", catalog.playlistIds());
  }
}
