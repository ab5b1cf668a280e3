package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.schema.UndecodableRowException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.beam.sdk.io.parquet.ParquetIO;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.InputFile;
import org.jspecify.annotations.Nullable;

/** The lake's Parquet: zstd, three-level lists, read and written through Beam's file systems. */
public final class ParquetFiles {
  private static final ParquetReadOptions PLAIN =
      ParquetReadOptions.builder(new PlainParquetConfiguration()).build();

  /** About 200,000 items or songs, so that an engine can read a large file in parallel. */
  private static final int ROW_GROUP_BYTES = 10 * 1024 * 1024;

  private ParquetFiles() {}

  /** Writes rows of a schema, with the settings of every table's files. */
  private static ParquetIO.Sink sink(Schema schema) {
    return ParquetIO.sink(schema)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupSize(ROW_GROUP_BYTES)
        // Two-level lists, the default, cannot tell a null element from an empty list.
        .withConfiguration(Map.of("parquet.avro.write-old-list-structure", "false"));
  }

  /** Provides a file's rows, one after the other. */
  public interface Rows {
    void writeTo(ParquetIO.Sink sink) throws IOException;
  }

  /**
   * Writes a file, whole or not at all.
   *
   * @throws LakeException if storage fails
   */
  public static void write(String path, String aside, Schema schema, Rows rows) {
    LakeFiles.writeDurably(
        path,
        aside,
        out -> {
          ParquetIO.Sink sink = sink(schema);
          sink.open(Channels.newChannel(out));
          rows.writeTo(sink);
          sink.flush();
        });
  }

  /** Writes batches of rows of a table as rows of a run. */
  static void writeBatches(
      String path, String aside, Schema schema, Iterable<byte[]> batches, String runId) {
    GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(schema);
    write(
        path,
        aside,
        schema,
        sink -> {
          for (byte[] batch : batches) {
            BinaryDecoder rows = DecoderFactory.get().binaryDecoder(batch, null);
            while (!rows.isEnd()) {
              GenericRecord row = reader.read(null, rows);
              row.put(LakeTable.RUN_ID, runId);
              sink.write(row);
            }
          }
        });
  }

  /**
   * All rows of a file, with the table's columns; those that the file does not have are null.
   *
   * @throws LakeException if the file cannot be read as rows of the table
   */
  public static List<GenericRecord> read(LakeTable table, String path) {
    List<GenericRecord> rows = new ArrayList<>();
    try (Rowwise file = new Rowwise(table, path)) {
      for (GenericRecord row = file.next(); row != null; row = file.next()) {
        rows.add(row);
      }
    }
    return rows;
  }

  /**
   * The records in a file, one after the other.
   *
   * @throws LakeException if the file cannot be read as rows of the codec's table
   */
  public static <T> void forEach(TableCodec<T> codec, String path, Consumer<T> action) {
    try (Rowwise file = new Rowwise(codec.table(), path)) {
      for (GenericRecord row = file.next(); row != null; row = file.next()) {
        action.accept(decode(codec, row, path));
      }
    }
  }

  private static <T> T decode(TableCodec<T> codec, GenericRecord row, String path) {
    try {
      return codec.fromRow(row);
    } catch (UndecodableRowException e) {
      throw failure(path, e);
    }
  }

  /** A file's rows while it is open. Errors name the file that could not be read. */
  private static final class Rowwise implements AutoCloseable {
    private final String path;
    private final TableReadSupport columns;
    private final ParquetReader<GenericRecord> reader;

    Rowwise(LakeTable table, String path) {
      this(table, path, ParquetInput.of(path));
    }

    Rowwise(LakeTable table, String path, InputFile file) {
      this.path = path;
      this.columns = new TableReadSupport(table);
      // A damaged file makes Parquet's library throw anything that its bytes lead to: a schema of
      // 20,000 groups, or a page of two gigabytes. Our own conversion of rows is outside of this.
      try {
        this.reader = new Builder(file, columns).build();
      } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw failure(path, e);
      }
    }

    @Nullable GenericRecord next() {
      GenericRecord row;
      try {
        row = reader.read();
      } catch (IOException | RuntimeException | StackOverflowError | OutOfMemoryError e) {
        throw failure(path, e);
      }
      try {
        return row == null ? null : columns.convert(row);
      } catch (UndecodableRowException e) {
        throw failure(path, e);
      }
    }

    @Override
    public void close() {
      try {
        reader.close();
      } catch (IOException e) {
        throw failure(path, e);
      }
    }
  }

  private static final class Builder extends ParquetReader.Builder<GenericRecord> {
    private final TableReadSupport columns;

    Builder(InputFile file, TableReadSupport columns) {
      // The plain one: Hadoop's would read its defaults from XML for each file.
      super(file, new PlainParquetConfiguration());
      this.columns = columns;
      // A page whose bytes changed on disk is an error, not other rows.
      usePageChecksumVerification();
    }

    @Override
    protected ReadSupport<GenericRecord> getReadSupport() {
      return columns;
    }
  }

  /**
   * Distinguishes failed storage from a damaged file: each needs a different remedy.
   *
   * @return what to throw
   */
  private static LakeException failure(String path, Throwable cause) {
    for (Throwable e = cause; e != null; e = e.getCause()) {
      if (e instanceof ParquetInput.StorageFailure) {
        return new LakeException("cannot read " + path + ": " + LakeFiles.words(e), cause);
      } else if (e instanceof LakeException known) {
        return known;
      } else if (e instanceof UndecodableRowException) {
        return new DamagedFileException("cannot read " + path + ": " + e.getMessage(), cause);
      }
    }
    return new DamagedFileException("damaged: " + path + ": " + LakeFiles.words(cause), cause);
  }

  /**
   * The only record in a small file, which is read at once: on S3 each requested part of a file is
   * a separate request.
   *
   * @throws DamagedFileException if the file is not one row of the codec's table
   * @throws LakeException if it cannot be read
   */
  public static <T> T only(TableCodec<T> codec, String path) {
    byte[] bytes = LakeFiles.read(path);
    List<T> records = new ArrayList<>();
    try (Rowwise file = new Rowwise(codec.table(), path, ParquetInput.of(path, bytes))) {
      for (GenericRecord row = file.next(); row != null; row = file.next()) {
        records.add(decode(codec, row, path));
      }
    }
    if (records.size() != 1) {
      throw new DamagedFileException(
          "damaged: " + path + ": it has " + records.size() + " rows, where one is due");
    }
    return records.get(0);
  }

  /**
   * The number of rows in a file's footer.
   *
   * @throws LakeException if the file cannot be read
   */
  public static long countRows(String path) {
    try (ParquetFileReader reader = ParquetFileReader.open(ParquetInput.of(path), PLAIN)) {
      return reader.getRecordCount();
    } catch (IOException | RuntimeException e) {
      throw failure(path, e);
    }
  }
}
