package dev.playlistlake.transforms;

import dev.playlistlake.schema.RowFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.beam.sdk.values.KV;

/**
 * Values of a bundle as one array of bytes per key. Everything that is grouped travels like this
 * (decision 9): the DirectRunner copies a whole group whenever a bundle adds to it, which is cheap
 * for bytes and quadratic for objects, and a cluster shuffles fewer, larger elements.
 */
public final class Batches<T> {
  private final RowFormat<T> format;
  private final Map<Integer, Open> open = new TreeMap<>();
  private int size;

  private record Open(ByteArrayOutputStream bytes, BinaryEncoder encoder) {
    static Open create() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      return new Open(bytes, EncoderFactory.get().binaryEncoder(bytes, null));
    }
  }

  public Batches(RowFormat<T> format) {
    this.format = format;
  }

  public void add(int key, T value) {
    try {
      format.write(value, open.computeIfAbsent(key, unused -> Open.create()).encoder());
      size++;
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  /** The number of values held. */
  int size() {
    return size;
  }

  public void flush(Consumer<KV<Integer, byte[]>> out) {
    open.forEach(
        (key, batch) -> {
          try {
            batch.encoder().flush();
          } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
          }
          out.accept(KV.of(key, batch.bytes().toByteArray()));
        });
  }

  /**
   * Passes on the values of batches, in their order.
   *
   * @throws UncheckedIOException if a batch was not written by this program
   */
  public static <T> void forEach(
      Iterable<byte[]> batches, RowFormat<T> format, Consumer<T> action) {
    for (byte[] batch : batches) {
      forEach(batch, format, action);
    }
  }

  /**
   * Passes on the values of a batch, in their order.
   *
   * @throws UncheckedIOException if the batch was not written by this program
   */
  public static <T> void forEach(byte[] batch, RowFormat<T> format, Consumer<T> action) {
    try {
      BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(batch, null);
      while (!decoder.isEnd()) {
        action.accept(format.read(decoder));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("this batch was not written by this program", e);
    }
  }
}
