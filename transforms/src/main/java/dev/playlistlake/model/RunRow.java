package dev.playlistlake.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row of {@code run}; the columns are described in {@code run.avsc}. */
public record RunRow(
    String runId,
    Instant startedAt,
    Instant finishedAt,
    RunStatus status,
    String runner,
    String version,
    int schemaVersion,
    long requests,
    int playlistsListed,
    int playlistsRead,
    int playlistsUnchanged,
    int playlistsStale,
    int playlistsIncomplete,
    int playlistsMetadataOnly,
    int playlistsRejected,
    long playlistRows,
    long playlistItemRows,
    long songRows,
    long albumRows,
    long artistRows,
    long playlistEventRows,
    long rejectedRows,
    List<String> missingCapabilities,
    @Nullable String stoppedBy,
    @Nullable Instant resumeAt,
    String config,
    @Nullable List<ClosedFamily> closedFamilies) {
  public RunRow {
    missingCapabilities = List.copyOf(missingCapabilities);
    closedFamilies = closedFamilies == null ? null : List.copyOf(closedFamilies);
  }
}
