package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.transforms.Buckets;
import dev.playlistlake.transforms.PackBatches;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.jspecify.annotations.Nullable;

/**
 * Writes a table's rows of this run: always the same number of files under the same names, those
 * without rows too, a row in the file that the hash of its key says. A repeated attempt thus writes
 * the same files again. Out: the files' paths, once they are in place.
 */
public final class WriteTable<T> extends PTransform<PCollection<T>, PCollection<String>> {
  private final TableCodec<T> codec;
  private final LakeLayout layout;
  private final int files;

  private WriteTable(TableCodec<T> codec, LakeLayout layout, int files) {
    this.codec = codec;
    this.layout = layout;
    this.files = files;
  }

  /**
   * Rows of a table.
   *
   * @param files number of files, at least 1
   */
  public static <T> WriteTable<T> of(TableCodec<T> codec, LakeLayout layout, int files) {
    return new WriteTable<>(codec, layout, files);
  }

  @Override
  public PCollection<String> expand(PCollection<T> rows) {
    LakeTable table = codec.table();
    // Locals: the functions must not drag this transform along.
    LakeLayout place = layout;
    TableCodec<T> ofTable = codec;
    int count = files;
    PCollection<KV<Integer, byte[]>> ofFiles =
        rows.apply(
            "Batches by file",
            PackBatches.by(row -> file(ofTable, row, count), RowFormat.of(codec)));
    PCollection<KV<Integer, byte[]>> everyFile =
        rows.getPipeline()
            .apply(
                "Every file of " + table.tableName() + " without a row",
                Create.of(
                        IntStream.range(0, files)
                            .mapToObj(file -> KV.of(file, new byte[0]))
                            .collect(Collectors.toList()))
                    .withCoder(PackBatches.coder()));
    return PCollectionList.of(ofFiles)
        .and(everyFile)
        .apply("Rows and files", Flatten.pCollections())
        .apply(
            "Write Parquet",
            FileIO.<Integer, KV<Integer, byte[]>>writeDynamic()
                .by(KV::getKey)
                .withDestinationCoder(VarIntCoder.of())
                .withNumShards(1)
                .via(new BatchSink(table, layout.runId()))
                .withNaming(
                    file ->
                        (window, pane, shards, shard, compression) ->
                            place.dataFileName(file, count))
                .to(layout.table(table))
                .withTempDirectory(layout.temporary()))
        .getPerDestinationOutputFilenames()
        .apply("Paths", Values.create());
  }

  private static <T> int file(TableCodec<T> codec, T row, int files) {
    if (files == 1) {
      return 0;
    }
    GenericRecord values = codec.toRow(row);
    String key =
        codec.table().key().stream()
            .map(column -> String.valueOf(values.get(column)))
            .collect(Collectors.joining("|"));
    return Buckets.of(key, files);
  }

  /** Beam's Parquet sink for batches of a run's rows; a batch without rows only opens its file. */
  private static final class BatchSink implements FileIO.Sink<KV<Integer, byte[]>> {
    private final LakeTable table;
    private final String runId;
    // Made when a file is opened: it holds Hadoop's configuration, which is slow to serialize.
    private transient FileIO.@Nullable Sink<GenericRecord> sink;

    BatchSink(LakeTable table, String runId) {
      this.table = table;
      this.runId = runId;
    }

    @Override
    public void open(WritableByteChannel channel) throws IOException {
      FileIO.Sink<GenericRecord> opened = ParquetFiles.sink(table.schema());
      opened.open(channel);
      sink = opened;
    }

    @Override
    public void write(KV<Integer, byte[]> fileAndRows) throws IOException {
      BinaryDecoder rows = DecoderFactory.get().binaryDecoder(fileAndRows.getValue(), null);
      GenericDatumReader<GenericRecord> reader = new GenericDatumReader<>(table.schema());
      while (!rows.isEnd()) {
        GenericRecord row = reader.read(null, rows);
        row.put(LakeTable.RUN_ID, runId);
        opened().write(row);
      }
    }

    @Override
    public void flush() throws IOException {
      opened().flush();
    }

    private FileIO.Sink<GenericRecord> opened() {
      return Objects.requireNonNull(sink, "open comes first");
    }
  }
}
