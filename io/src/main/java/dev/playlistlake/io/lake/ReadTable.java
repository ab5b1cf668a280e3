package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.TableCodec;
import java.util.List;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table's rows of a published run. Out: its rows in no order; none if there is no such run.
 * Columns that its files do not have yet are null.
 */
public final class ReadTable<T> extends PTransform<PBegin, PCollection<T>> {
  private final TableCodec<T> codec;
  private final @Nullable LakeLayout run;

  private ReadTable(TableCodec<T> codec, @Nullable LakeLayout run) {
    this.codec = codec;
    this.run = run;
  }

  /**
   * Rows of a run.
   *
   * @param run whose files are read; null for no rows
   */
  public static <T> ReadTable<T> of(TableCodec<T> codec, @Nullable LakeLayout run) {
    return new ReadTable<>(codec, run);
  }

  @Override
  public PCollection<T> expand(PBegin begin) {
    List<LakeLayout> runs = run == null ? List.of() : List.of(run);
    return begin
        .apply("Where they lie", Create.of(runs).withCoder(SerializableCoder.of(LakeLayout.class)))
        .apply("Find files", ParDo.of(new FindFn(codec.table())))
        .apply("Read rows", ParDo.of(new ReadFn<>(codec)))
        .setCoder(codec.coder());
  }

  /** Lists the files again: a later run of that day may have replaced them meanwhile. */
  private static final class FindFn extends DoFn<LakeLayout, String> {
    private final LakeTable table;

    FindFn(LakeTable table) {
      this.table = table;
    }

    @ProcessElement
    public void process(@Element LakeLayout run, OutputReceiver<String> paths) {
      RunFiles.whole(run, table).forEach(paths::output);
    }
  }

  private static final class ReadFn<T> extends DoFn<String, T> {
    private final TableCodec<T> codec;

    ReadFn(TableCodec<T> codec) {
      this.codec = codec;
    }

    @ProcessElement
    public void process(@Element String path, OutputReceiver<T> rows) {
      try {
        ParquetFiles.forEach(codec, path, rows::output);
      } catch (DamagedFileException e) {
        throw new DamagedFileException(
            e.getMessage()
                + "; restore it from a copy, or remove the day's rows in run to leave that day out",
            e);
      }
    }
  }
}
