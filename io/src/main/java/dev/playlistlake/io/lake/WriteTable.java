package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.transforms.Buckets;
import dev.playlistlake.transforms.PackBatches;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Writes a table's rows of this run (decision 5): always the same number of files under the same
 * names, including those without rows; the hash of a row's key selects its file. A repeated attempt
 * thus writes the same files again. Out: the files' paths, once they are in place.
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
    // Locals: the function must not capture this transform.
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
        .apply("Bring a file's rows together", GroupByKey.create())
        .apply("Write Parquet", ParDo.of(new WriteFileFn(table, layout, files)));
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

  /** Writes a file whole; a repeated attempt writes the same rows under the same name. */
  private static final class WriteFileFn extends DoFn<KV<Integer, Iterable<byte[]>>, String> {
    private final LakeTable table;
    private final LakeLayout layout;
    private final int files;

    WriteFileFn(LakeTable table, LakeLayout layout, int files) {
      this.table = table;
      this.layout = layout;
      this.files = files;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> file, OutputReceiver<String> paths) {
      String path = layout.dataFile(table, file.getKey(), files);
      ParquetFiles.writeBatches(
          path, layout.temporary(), table.schema(), file.getValue(), layout.runId());
      paths.output(path);
    }
  }
}
