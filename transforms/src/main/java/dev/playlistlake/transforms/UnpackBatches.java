package dev.playlistlake.transforms;

import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.schema.TableCodec;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** Unpacks batches into a table's rows. */
public final class UnpackBatches<T> extends PTransform<PCollection<byte[]>, PCollection<T>> {
  private final TableCodec<T> codec;

  private UnpackBatches(TableCodec<T> codec) {
    this.codec = codec;
  }

  public static <T> UnpackBatches<T> of(TableCodec<T> codec) {
    return new UnpackBatches<>(codec);
  }

  @Override
  public PCollection<T> expand(PCollection<byte[]> batches) {
    return batches
        .apply("Unpack", ParDo.of(new UnpackFn<>(RowFormat.of(codec))))
        .setCoder(codec.coder());
  }

  private static final class UnpackFn<T> extends DoFn<byte[], T> {
    private final RowFormat<T> format;

    UnpackFn(RowFormat<T> format) {
      this.format = format;
    }

    @ProcessElement
    public void process(@Element byte[] batch, OutputReceiver<T> out) {
      Batches.forEach(batch, format, out::output);
    }
  }
}
