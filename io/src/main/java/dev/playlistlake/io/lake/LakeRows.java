package dev.playlistlake.io.lake;

import dev.playlistlake.schema.TableCodec;
import java.util.List;
import java.util.function.Consumer;

/** Reads a table's rows of a published run without a pipeline, one after the other. */
public final class LakeRows {
  private LakeRows() {}

  /**
   * All rows, in no order; columns that the files do not have yet are null.
   *
   * @throws LakeException where they cannot be read, or are not all there
   */
  public static <T> void forEach(TableCodec<T> codec, LakeLayout run, Consumer<T> action) {
    String pattern = run.dataFilesOf(codec.table(), run.runId());
    List<String> files = LakeFiles.list(pattern);
    PublishedDays.checkWhole(files, pattern);
    for (String file : files) {
      ParquetFiles.forEach(file, row -> action.accept(codec.fromRow(row)));
    }
  }
}
