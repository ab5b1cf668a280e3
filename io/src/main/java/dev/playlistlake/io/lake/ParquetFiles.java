package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
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
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;
import org.jspecify.annotations.Nullable;

/** The lake's Parquet: zstd, three-level lists, read and written through Beam's file systems. */
public final class ParquetFiles {
  private ParquetFiles() {}

  /** Writes rows of a schema, as every table's files are written. */
  private static ParquetIO.Sink sink(Schema schema) {
    return ParquetIO.sink(schema)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        // Two-level lists, the default, cannot tell a null element from an empty list.
        .withConfiguration(Map.of("parquet.avro.write-old-list-structure", "false"));
  }

  /** What gives a file's rows, one after the other. */
  interface Rows {
    void writeTo(ParquetIO.Sink sink) throws IOException;
  }

  /** Writes a file, whole or not at all. */
  static void write(String path, String aside, Schema schema, Rows rows) {
    LakeFiles.write(
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

  /** All rows of a file. */
  public static List<GenericRecord> read(String path) {
    List<GenericRecord> rows = new ArrayList<>();
    forEach(path, rows::add);
    return rows;
  }

  /** The rows of a file, one after the other, with the columns that the file has. */
  static void forEach(String path, Consumer<GenericRecord> action) {
    try (Rowwise rows = new Rowwise(path)) {
      for (GenericRecord row = rows.next(); row != null; row = rows.next()) {
        action.accept(row);
      }
    }
  }

  /** Says which file it was that could not be read; what is done with its rows is no part of it. */
  private static final class Rowwise implements AutoCloseable {
    private final String path;
    private final ParquetReader<GenericRecord> reader;

    Rowwise(String path) {
      this.path = path;
      try {
        this.reader = AvroParquetReader.<GenericRecord>builder(new BeamInputFile(path)).build();
      } catch (IOException | RuntimeException e) {
        throw failure(path, e);
      }
    }

    @Nullable GenericRecord next() {
      try {
        return reader.read();
      } catch (IOException | RuntimeException e) {
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

  private static LakeException failure(String path, Exception cause) {
    return new LakeException("cannot read " + path + ": " + LakeFiles.words(cause), cause);
  }

  /** The number of rows that a file's footer states. */
  static long countRows(String path) {
    try (ParquetFileReader reader = ParquetFileReader.open(new BeamInputFile(path))) {
      return reader.getRecordCount();
    } catch (IOException | RuntimeException e) {
      throw failure(path, e);
    }
  }

  /** A file of any of Beam's file systems, as Parquet wants it. */
  private record BeamInputFile(String path) implements InputFile {
    @Override
    public long getLength() throws IOException {
      try (SeekableByteChannel channel = LakeFiles.open(path)) {
        return channel.size();
      }
    }

    @Override
    public SeekableInputStream newStream() {
      SeekableByteChannel channel = LakeFiles.open(path);
      return new DelegatingSeekableInputStream(Channels.newInputStream(channel)) {
        @Override
        public long getPos() throws IOException {
          return channel.position();
        }

        @Override
        public void seek(long position) throws IOException {
          channel.position(position);
        }

        @Override
        public void readFully(ByteBuffer buffer) throws IOException {
          while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
              throw new EOFException("the file ends early: " + path);
            }
          }
        }
      };
    }
  }
}
