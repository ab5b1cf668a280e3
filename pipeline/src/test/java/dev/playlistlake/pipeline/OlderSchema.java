package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.parquet.ParquetIO;

/** Makes a run's files look as if written before some columns were added. */
final class OlderSchema {
  private OlderSchema() {}

  static void rewrite(JobRun run, LakeTable table, List<String> without) {
    for (Path file : run.dataFiles()) {
      if (run.lake().relativize(file).startsWith(table.tableName())) {
        rewrite(file, table, without);
      }
    }
  }

  private static void rewrite(Path file, LakeTable table, List<String> without) {
    Schema older =
        Schema.createRecord(
            table.schema().getName(),
            null,
            table.schema().getNamespace(),
            false,
            table.schema().getFields().stream()
                .filter(column -> !without.contains(column.name()))
                .map(column -> new Schema.Field(column, column.schema()))
                .toList());
    List<GenericRecord> rows = ParquetFiles.read(table, file.toString());
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      ParquetIO.Sink sink = ParquetIO.sink(older);
      sink.open(channel);
      for (GenericRecord row : rows) {
        GenericRecord shorter = new GenericData.Record(older);
        older.getFields().forEach(column -> shorter.put(column.name(), row.get(column.name())));
        sink.write(shorter);
      }
      sink.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
