package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import java.io.Serializable;
import java.util.Locale;

/**
 * Every path of the lake, for one run (decision 5).
 *
 * @param root folder or {@code s3://bucket/prefix}, without a trailing slash
 * @param ingestDate the day, {@code YYYY-MM-DD}
 * @param runId the run
 */
public record LakeLayout(String root, String ingestDate, String runId) implements Serializable {
  /** The name of the record of a run's start. */
  public static final String START_RECORD = "started.json";

  /** The folder of a table. */
  public String table(LakeTable table) {
    return root + "/" + table.tableName();
  }

  /** The day's folder within a table. */
  public String partition(LakeTable table) {
    return table(table) + "/" + partitionName();
  }

  /** A file of this run. */
  public String dataFile(LakeTable table, int file, int files) {
    return partition(table)
        + "/"
        + String.format(Locale.ROOT, "%s-%05d-of-%05d.parquet", runId, file, files);
  }

  /** All files of a run of this day in a table, as a pattern. */
  public String dataFilesOf(LakeTable table, String ofRun) {
    return partition(table) + "/" + ofRun + "-*.parquet";
  }

  /** The row that makes this run's files count. */
  public String runFile() {
    return partition(LakeTable.RUN) + "/" + runId + ".parquet";
  }

  /** The rows of all runs of this day, as a pattern. */
  public String runFiles() {
    return partition(LakeTable.RUN) + "/*.parquet";
  }

  /** The files of all days in a table, as a pattern. */
  public String filesOfAllDays(LakeTable table) {
    return table(table) + "/" + LakeTable.INGEST_DATE + "=*/*.parquet";
  }

  /** The day's stored responses, one folder per kind. */
  public String rawDay() {
    return rawRoot() + "/" + partitionName();
  }

  /** All stored responses, one folder per day. */
  public String rawRoot() {
    return root + "/raw";
  }

  /** The salt of this lake's hashes; outside every table, as crawlers and engines see it. */
  public String salt() {
    return root + "/_salt";
  }

  /** Where this run keeps unfinished files. */
  public String temporary() {
    return temporaryOfAllRuns() + "/" + runId;
  }

  /** The record of this run's start; its row takes its place. */
  public String startRecord() {
    return temporary() + "/" + START_RECORD;
  }

  /** The start records of all runs without a row, as a pattern. */
  public static String startRecords(String root) {
    return new LakeLayout(root, "", "*").startRecord();
  }

  /** Where every run has a folder for unfinished files. */
  public String temporaryOfAllRuns() {
    return root + "/_tmp";
  }

  private String partitionName() {
    return LakeTable.INGEST_DATE + "=" + ingestDate;
  }
}
