package dev.playlistlake.schema;

import java.io.Serializable;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * Converts a record of the model to a row of its table and back. It leaves {@code run_id} null: the
 * code that writes the row knows the run (decision 1).
 */
public abstract class TableCodec<T> implements Serializable {
  private final LakeTable table;
  private final Class<T> type;

  TableCodec(LakeTable table, Class<T> type) {
    this.table = table;
    this.type = type;
  }

  public LakeTable table() {
    return table;
  }

  public Class<T> type() {
    return type;
  }

  /** The row, {@code run_id} unset. */
  public final GenericRecord toRow(T value) {
    AvroRow row = new AvroRow(table.schema());
    fill(row, value);
    return row.record();
  }

  /**
   * The record; a column missing from the row's file is null.
   *
   * @throws UndecodableRowException if the row lacks a value that every record has
   */
  public final T fromRow(GenericRecord row) {
    return read(new AvroRow(row));
  }

  /** Deterministic: equal records have equal bytes. */
  public final Coder<T> coder() {
    return FormatCoder.of(RowFormat.of(this));
  }

  /** A table has one codec. */
  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof TableCodec<?> codec && table == codec.table;
  }

  @Override
  public final int hashCode() {
    return table.hashCode();
  }

  abstract void fill(AvroRow row, T value);

  abstract T read(AvroRow row);
}
