package dev.playlistlake.schema;

import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** Text with its length before it. */
record TextFormat() implements RowFormat<String> {
  @Override
  public void write(String value, BinaryEncoder out) throws IOException {
    out.writeString(value);
  }

  @Override
  public String read(BinaryDecoder in) throws IOException {
    return in.readString();
  }
}
