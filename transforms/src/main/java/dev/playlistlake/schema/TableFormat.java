package dev.playlistlake.schema;

import java.io.IOException;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.jspecify.annotations.Nullable;

/** A table's records as Avro of the table's schema, so that a batch can be read as rows too. */
final class TableFormat<T> implements RowFormat<T> {
  private final TableCodec<T> codec;
  private transient @Nullable GenericDatumWriter<GenericRecord> writer;
  private transient @Nullable GenericDatumReader<GenericRecord> reader;

  TableFormat(TableCodec<T> codec) {
    this.codec = codec;
  }

  @Override
  public void write(T value, BinaryEncoder out) throws IOException {
    GenericDatumWriter<GenericRecord> to = writer;
    if (to == null) {
      to = new GenericDatumWriter<>(codec.table().schema());
      writer = to;
    }
    to.write(codec.toRow(value), out);
  }

  @Override
  @SuppressWarnings("NullAway") // there is no record to use again
  public T read(BinaryDecoder in) throws IOException {
    GenericDatumReader<GenericRecord> from = reader;
    if (from == null) {
      from = new GenericDatumReader<>(codec.table().schema());
      reader = from;
    }
    return codec.fromRow(from.read(null, in));
  }
}
