package dev.playlistlake.transforms;

import dev.playlistlake.schema.RowFormat;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** Packs values for grouping: one batch of bytes per key and bundle, see {@link Batches}. */
public final class PackBatches<T>
    extends PTransform<PCollection<T>, PCollection<KV<Integer, byte[]>>> {
  private final RowFormat<T> format;
  private final SerializableFunction<T, Integer> key;

  private PackBatches(RowFormat<T> format, SerializableFunction<T, Integer> key) {
    this.format = format;
    this.key = key;
  }

  public static <T> PackBatches<T> by(SerializableFunction<T, Integer> key, RowFormat<T> format) {
    return new PackBatches<>(format, key);
  }

  /** The coder of the output. */
  public static Coder<KV<Integer, byte[]>> coder() {
    return KvCoder.of(VarIntCoder.of(), ByteArrayCoder.of());
  }

  @Override
  public PCollection<KV<Integer, byte[]>> expand(PCollection<T> values) {
    return values
        .apply("Pack a bundle's values", ParDo.of(new PackFn<>(format, key)))
        .setCoder(coder());
  }

  private static final class PackFn<T> extends BundleBufferFn<T, KV<Integer, byte[]>> {
    private final RowFormat<T> format;
    private final SerializableFunction<T, Integer> key;
    private transient Batches<T> batches;

    PackFn(RowFormat<T> format, SerializableFunction<T, Integer> key) {
      this.format = format;
      this.key = key;
      this.batches = new Batches<>(format);
    }

    @Override
    protected void clear() {
      batches = new Batches<>(format);
    }

    @Override
    protected void add(T value, Consumer<KV<Integer, byte[]>> out) {
      batches.add(key.apply(value), value);
    }

    @Override
    protected int size() {
      return batches.size();
    }

    @Override
    protected void flush(Consumer<KV<Integer, byte[]>> out) {
      batches.flush(out);
    }
  }
}
