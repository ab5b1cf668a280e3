package dev.playlistlake.io.publish;

import dev.playlistlake.io.lake.DamagedFileException;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.io.lake.RunFiles;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.RunRowCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.generic.GenericRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The run's row and the few files that depend on it (decision 27). */
public final class RunRecord {
  private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);
  private static final RunRowCodec CODEC = new RunRowCodec();

  private final LakeLayout layout;

  public RunRecord(LakeLayout layout) {
    this.layout = layout;
  }

  /**
   * This run's row; empty until it is written.
   *
   * @throws LakeException if it cannot be read
   */
  public Optional<RunRow> readRow() {
    return LakeFiles.list(layout.runFile()).stream().findFirst().map(RunRecord::readRow);
  }

  public void writeRow(RunRow run) {
    GenericRecord row = CODEC.toRow(run);
    ParquetFiles.write(
        layout.runFile(), layout.temporary(), LakeTable.RUN.schema(), sink -> sink.write(row));
  }

  /**
   * Removes the data files of published runs of this day that began before this one, so that even
   * readers of whole folders see one run per day. Their rows in {@code run} stay.
   */
  void removeSuperseded() {
    List<String> older = new ArrayList<>();
    for (LakeLayout other : RunRows.ofDay(layout.root(), layout.ingestDate())) {
      if (RunRows.isPublished(other)) {
        int order = other.runId().compareTo(layout.runId());
        if (order > 0) {
          LOG.warn(
              "A later run, {}, has published this day already; it counts, and nothing is removed.",
              other.runId());
          return;
        } else if (order < 0) {
          older.add(other.runId());
        }
      }
    }
    older.forEach(this::removeData);
  }

  /** Removes a run's data files, not its row. */
  void removeData(String runId) {
    List<String> files = new ArrayList<>();
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        files.addAll(RunFiles.present(layout, table, runId));
      }
    }
    LakeFiles.delete(files);
  }

  /** Removes this run's temporary files. */
  public void removeTemporaryFiles() {
    LakeFiles.deleteTree(layout.temporary());
  }

  /**
   * Removes everything that a failed run left but its start record, as far as storage still works;
   * a run whose row is written stays.
   */
  public void abandon() {
    try {
      if (LakeFiles.list(layout.runFile()).isEmpty()) {
        removeData(layout.runId());
        LakeFiles.deleteTreeBut(layout.temporary(), LakeLayout.START_RECORD);
      } else {
        removeTemporaryFiles();
      }
    } catch (LakeException e) {
      LOG.debug("what a failed run wrote stays; no run row names it", e);
    }
  }

  /**
   * A run's row by its path.
   *
   * @throws DamagedFileException if it is empty, cut or undecodable: the run counts as not
   *     published
   * @throws LakeException if it cannot be read
   */
  static RunRow readRow(String path) {
    return ParquetFiles.only(CODEC, path);
  }
}
