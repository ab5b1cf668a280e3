package dev.playlistlake.schema;

import java.io.IOException;
import java.io.Serializable;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** How consecutive values of a type are encoded in a batch of bytes. */
public interface RowFormat<T> extends Serializable {
  void write(T value, BinaryEncoder out) throws IOException;

  T read(BinaryDecoder in) throws IOException;

  /** Text. */
  static RowFormat<String> ofText() {
    return new TextFormat();
  }

  /** A table's records. */
  static <T> RowFormat<T> of(TableCodec<T> codec) {
    return new TableFormat<>(codec);
  }
}
