package dev.playlistlake.transforms;

import java.util.function.Consumer;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;

/**
 * A step that gathers a bundle's elements in memory and passes on fewer of them. Batch only: it
 * works in the global window.
 */
public abstract class BundleBufferFn<I, O> extends DoFn<I, O> {
  /** A bundle on a cluster can be a whole partition; memory must not grow with it. */
  public static final int MOST_HELD = 20_000;

  @StartBundle
  public final void startBundle() {
    clear();
  }

  @ProcessElement
  public final void process(@Element I element, OutputReceiver<O> out) {
    add(element, out::output);
    if (size() >= MOST_HELD) {
      flush(out::output);
      clear();
    }
  }

  @FinishBundle
  public final void finishBundle(FinishBundleContext context) {
    flush(
        element ->
            context.output(element, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE));
    clear();
  }

  protected abstract void clear();

  /** Holds an element, or passes it on at once. */
  protected abstract void add(I element, Consumer<O> out);

  protected abstract int size();

  protected abstract void flush(Consumer<O> out);
}
