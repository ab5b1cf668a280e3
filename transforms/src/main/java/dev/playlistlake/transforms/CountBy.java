package dev.playlistlake.transforms;

import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/**
 * Counts elements by name. Out: subtotals, at most one per name and bundle, for the reader to add
 * up. (A global count would move every element through one key.)
 */
public final class CountBy<T> extends PTransform<PCollection<T>, PCollection<KV<String, Long>>> {
  private final SerializableFunction<T, String> counted;

  private CountBy(SerializableFunction<T, String> counted) {
    this.counted = counted;
  }

  public static <T> CountBy<T> of(SerializableFunction<T, String> counted) {
    return new CountBy<>(counted);
  }

  @Override
  public PCollection<KV<String, Long>> expand(PCollection<T> elements) {
    return elements
        .apply("Count in the bundle", ParDo.of(new CountFn<>(counted)))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()));
  }

  private static final class CountFn<T> extends BundleBufferFn<T, KV<String, Long>> {
    private final SerializableFunction<T, String> counted;
    private transient TreeMap<String, Long> counts = new TreeMap<>();

    CountFn(SerializableFunction<T, String> counted) {
      this.counted = counted;
    }

    @Override
    protected void clear() {
      counts = new TreeMap<>();
    }

    @Override
    protected void add(T element, Consumer<KV<String, Long>> out) {
      counts.merge(counted.apply(element), 1L, Long::sum);
    }

    @Override
    protected int size() {
      return counts.size();
    }

    @Override
    protected void flush(Consumer<KV<String, Long>> out) {
      counts.forEach((name, number) -> out.accept(KV.of(name, number)));
    }
  }
}
