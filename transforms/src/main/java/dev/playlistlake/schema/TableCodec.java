package dev.playlistlake.schema;

import java.io.Serializable;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.DelegateCoder;
import org.apache.beam.sdk.coders.DelegateCoder.CodingFunction;
import org.apache.beam.sdk.extensions.avro.coders.AvroGenericCoder;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * The way from a record of the model to a row of its table and back. A row's {@code run_id} is left
 * null here: whoever writes the row knows the run.
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

  /** The record; a column that the row's file does not have is null. */
  public final T fromRow(GenericRecord row) {
    return read(new AvroRow(row));
  }

  /** Deterministic: equal records have equal bytes. */
  public final Coder<T> coder() {
    return DelegateCoder.of(
        AvroGenericCoder.of(table.schema()),
        new ToRow<>(this),
        new FromRow<>(this),
        TypeDescriptor.of(type));
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

  // Records, not method references: coders must compare as equal, Flink unites nothing else.

  private record ToRow<T>(TableCodec<T> codec) implements CodingFunction<T, GenericRecord> {
    @Override
    public GenericRecord apply(T value) {
      return codec.toRow(value);
    }
  }

  private record FromRow<T>(TableCodec<T> codec) implements CodingFunction<GenericRecord, T> {
    @Override
    public T apply(GenericRecord row) {
      return codec.fromRow(row);
    }
  }
}
