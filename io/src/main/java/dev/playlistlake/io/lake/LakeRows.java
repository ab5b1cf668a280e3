package dev.playlistlake.io.lake;

import dev.playlistlake.schema.TableCodec;
import java.util.function.Consumer;

/** Reads a table's rows of a published run without a pipeline, one after the other. */
public final class LakeRows {
  private LakeRows() {}

  /**
   * All rows, in no order; columns that the files do not have yet are null.
   *
   * @throws LakeException if they cannot be read, or files are missing
   */
  public static <T> void forEach(TableCodec<T> codec, LakeLayout run, Consumer<T> action) {
    for (String file : RunFiles.whole(run, codec.table())) {
      ParquetFiles.forEach(codec, file, action);
    }
  }
}
