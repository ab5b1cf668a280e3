package dev.playlistlake.schema;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.jspecify.annotations.Nullable;

/** A table's records as Avro of the table's schema, so a batch can be read as rows too. */
final class TableFormat<T> implements RowFormat<T> {
  private final TableCodec<T> codec;
  // Several threads may use one coder at once.
  private transient volatile @Nullable RowWriter writer;
  private transient volatile @Nullable GenericDatumReader<GenericRecord> reader;

  TableFormat(TableCodec<T> codec) {
    this.codec = codec;
  }

  @Override
  public void write(T value, BinaryEncoder out) throws IOException {
    RowWriter to = writer;
    if (to == null) {
      to = new RowWriter(codec.table().schema());
      writer = to;
    }
    to.write(codec.toRow(value), out);
  }

  @Override
  @SuppressWarnings("NullAway") // no record to reuse
  public T read(BinaryDecoder in) throws IOException {
    GenericDatumReader<GenericRecord> from = reader;
    if (from == null) {
      from = new GenericDatumReader<>(codec.table().schema());
      reader = from;
    }
    return codec.fromRow(from.read(null, in));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TableFormat<?> format && codec.equals(format.codec);
  }

  @Override
  public int hashCode() {
    return codec.hashCode();
  }

  /** Finds a union's branch without a search: ours are null and one type. */
  private static final class RowWriter extends GenericDatumWriter<GenericRecord> {
    RowWriter(Schema schema) {
      super(schema);
    }

    @Override
    protected int resolveUnion(Schema union, @Nullable Object datum) {
      List<Schema> types = union.getTypes();
      if (types.size() == 2 && types.get(0).getType() == Schema.Type.NULL) {
        return datum == null ? 0 : 1;
      }
      return super.resolveUnion(union, datum);
    }
  }
}
