package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.transforms.Buckets;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
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
    Coder<KV<Integer, T>> coder = KvCoder.of(VarIntCoder.of(), NullableCoder.of(codec.coder()));
    PCollection<KV<Integer, T>> ofFiles =
        rows.apply("Choose the file", ParDo.of(new ChooseFileFn<>(codec, files))).setCoder(coder);
    PCollection<KV<Integer, T>> everyFile =
        rows.getPipeline()
            .apply(
                "Name every file of " + table.tableName(),
                Create.of(IntStream.range(0, files).boxed().collect(Collectors.toList()))
                    .withCoder(VarIntCoder.of()))
            .apply("Open it without a row", ParDo.of(new OpenFileFn<T>()))
            .setCoder(coder);
    // A local: the naming function must not drag this transform along.
    LakeLayout place = layout;
    int count = files;
    return PCollectionList.of(ofFiles)
        .and(everyFile)
        .apply("Rows and files", Flatten.pCollections())
        .apply(
            "Write Parquet",
            FileIO.<Integer, KV<Integer, T>>writeDynamic()
                .by(KV::getKey)
                .withDestinationCoder(VarIntCoder.of())
                .withNumShards(1)
                .via(new RowSink<>(codec, layout.runId()))
                .withNaming(
                    file ->
                        (window, pane, shards, shard, compression) ->
                            place.dataFileName(file, count))
                .to(layout.table(table))
                .withTempDirectory(layout.temporary()))
        .getPerDestinationOutputFilenames()
        .apply("Paths", Values.create());
  }

  private static final class ChooseFileFn<T> extends DoFn<T, KV<Integer, T>> {
    private final TableCodec<T> codec;
    private final int files;

    ChooseFileFn(TableCodec<T> codec, int files) {
      this.codec = codec;
      this.files = files;
    }

    @ProcessElement
    public void process(@Element T row, OutputReceiver<KV<Integer, T>> out) {
      out.output(KV.of(files == 1 ? 0 : Buckets.of(key(row), files), row));
    }

    private String key(T row) {
      GenericRecord values = codec.toRow(row);
      return codec.table().key().stream()
          .map(column -> String.valueOf(values.get(column)))
          .collect(Collectors.joining("|"));
    }
  }

  private static final class OpenFileFn<T> extends DoFn<Integer, KV<Integer, T>> {
    @ProcessElement
    @SuppressWarnings("NullAway") // a KV may hold null; its type cannot say so
    public void process(@Element Integer file, OutputReceiver<KV<Integer, T>> out) {
      out.output(KV.of(file, null));
    }
  }

  /** Beam's Parquet sink for rows of a run, deaf to the rows that only open a file. */
  private static final class RowSink<T> implements FileIO.Sink<KV<Integer, T>> {
    private final TableCodec<T> codec;
    private final String runId;
    // Not carried along: it holds all of Hadoop's settings, and runners copy a step many times.
    private transient FileIO.@Nullable Sink<GenericRecord> sink;

    RowSink(TableCodec<T> codec, String runId) {
      this.codec = codec;
      this.runId = runId;
    }

    @Override
    public void open(WritableByteChannel channel) throws IOException {
      sink = ParquetFiles.sink(codec.table().schema());
      sink.open(channel);
    }

    @Override
    public void write(KV<Integer, T> fileAndRow) throws IOException {
      @Nullable T value = fileAndRow.getValue();
      if (value != null) {
        GenericRecord row = codec.toRow(value);
        row.put(LakeTable.RUN_ID, runId);
        opened().write(row);
      }
    }

    @Override
    public void flush() throws IOException {
      opened().flush();
    }

    private FileIO.Sink<GenericRecord> opened() {
      return Objects.requireNonNull(sink, "no file is open");
    }
  }
}
