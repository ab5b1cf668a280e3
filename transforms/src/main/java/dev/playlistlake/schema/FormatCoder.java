package dev.playlistlake.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.coders.CustomCoder;

/** Single values, encoded as in batches. */
final class FormatCoder<T> extends CustomCoder<T> {
  private final RowFormat<T> format;

  private FormatCoder(RowFormat<T> format) {
    this.format = format;
  }

  static <T> FormatCoder<T> of(RowFormat<T> format) {
    return new FormatCoder<>(format);
  }

  @Override
  @SuppressWarnings("NullAway") // no encoder to reuse
  public void encode(T value, OutputStream out) throws IOException {
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    format.write(value, encoder);
    encoder.flush();
  }

  @Override
  @SuppressWarnings("NullAway") // no decoder to reuse
  public T decode(InputStream in) throws IOException {
    return format.read(DecoderFactory.get().directBinaryDecoder(in, null));
  }

  @Override
  public void verifyDeterministic() {
    // A format encodes equal values equally.
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FormatCoder<?> coder && format.equals(coder.format);
  }

  @Override
  public int hashCode() {
    return format.hashCode();
  }
}
