package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.model.ClosedFamily;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

public class RunVerdictTest {

  @ParameterizedTest
  @CsvSource({
    "PUBLISHED, 0, , 0, 0",
    "PUBLISHED, 1, , 0, 3",
    "PUBLISHED, 3, , 3, 0",
    "PUBLISHED, 4, , 3, 3",
    "PUBLISHED, 0, QUOTA_EXCEEDED, 0, 4",
    "PUBLISHED, 9, BUDGET_SPENT, 0, 4",
    "NOT_AUTHORISED, 9, invalid_client, 0, 5",
    "UNREACHABLE, 0, unknown_host, 0, 7",
    "AUDIT_FAILED, 9, RATE_LIMITED, 0, 6",
    "AUDIT_FAILED, 0, , 0, 6",
  })
  void theGravestCounts(
      RunStatus status, int rejected, @Nullable String stoppedBy, int maxRejected, int exitCode) {
    assertThat(
        RunVerdict.of(row(status, rejected, stoppedBy), maxRejected, Set.of()).number(),
        is(exitCode));
  }

  @Test
  void schedulersMayWantZero() {
    RunRow rejected = row(RunStatus.PUBLISHED, 1, null);
    RunRow stopped = row(RunStatus.PUBLISHED, 0, "QUOTA_EXCEEDED");
    assertThat(RunVerdict.of(rejected, 0, Set.of(3)).number(), is(0));
    assertThat(RunVerdict.of(rejected, 0, Set.of(4)).number(), is(3));
    assertThat(RunVerdict.of(stopped, 0, Set.of(3, 4)).number(), is(0));
    assertThat(RunVerdict.of(stopped, 0, Set.of(3)).number(), is(4));
  }

  @Test
  void theRowAsJsonHasAllColumnsInOrder() {
    assertThat(
        RunJson.of("2026-11-20", row(RunStatus.PUBLISHED, 2, null)),
        is(
            "{\"ingest_date\":\"2026-11-20\","
                + "\"started_at\":\"2026-11-20T06:00:12.000005Z\","
                + "\"finished_at\":\"2026-11-20T06:01:00Z\",\"status\":\"PUBLISHED\","
                + "\"runner\":\"DirectRunner\",\"version\":\"1\",\"schema_version\":1,"
                + "\"requests\":5000000000,\"playlists_listed\":9,\"playlists_read\":1,"
                + "\"playlists_unchanged\":2,\"playlists_stale\":3,\"playlists_incomplete\":4,"
                + "\"playlists_metadata_only\":5,\"playlists_rejected\":2,\"playlist_rows\":11,"
                + "\"playlist_item_rows\":12,\"song_rows\":13,\"album_rows\":14,"
                + "\"artist_rows\":15,\"playlist_event_rows\":16,\"rejected_rows\":17,"
                + "\"missing_capabilities\":[\"BATCH\"],\"stopped_by\":null,\"resume_at\":null,"
                + "\"config\":\"{\\\"lake\\\":\\\"x\\\"}\","
                + "\"closed_families\":[{\"family\":\"/v1/albums\",\"resume_at\":null}],"
                + "\"run_id\":\"20261120T060012Z-3f9c\"}"));
  }

  public static RunRow row(RunStatus status, int rejected, @Nullable String stoppedBy) {
    return row("20261120T060012Z-3f9c", status, rejected, stoppedBy, "{\"lake\":\"x\"}");
  }

  /** As above, of a run of its own. */
  public static RunRow row(
      String runId, RunStatus status, int rejected, @Nullable String stoppedBy, String config) {
    return new RunRow(
        runId,
        Instant.parse("2026-11-20T06:00:12.000005Z"),
        Instant.parse("2026-11-20T06:01:00Z"),
        status,
        "DirectRunner",
        "1",
        1,
        5_000_000_000L,
        9,
        1,
        2,
        3,
        4,
        5,
        rejected,
        11,
        12,
        13,
        14,
        15,
        16,
        17,
        List.of("BATCH"),
        stoppedBy,
        null,
        config,
        List.of(new ClosedFamily("/v1/albums", null)));
  }
}
