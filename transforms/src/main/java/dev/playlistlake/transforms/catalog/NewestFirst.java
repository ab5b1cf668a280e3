package dev.playlistlake.transforms.catalog;

import dev.playlistlake.schema.TableCodec;
import java.io.Serializable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.util.CoderUtils;
import org.jspecify.annotations.Nullable;

/**
 * Orders sightings: the newest first, among equally new ones the one with most non-null columns,
 * then the one with the smallest encoding. A total order over differing sightings, so that the
 * winner never depends on the order of arrival.
 */
final class NewestFirst<T> implements Comparator<T>, Serializable {
  private final TableCodec<T> codec;
  private final SerializableFunction<T, @Nullable Instant> time;

  NewestFirst(TableCodec<T> codec, SerializableFunction<T, @Nullable Instant> time) {
    this.codec = codec;
    this.time = time;
  }

  @Override
  public int compare(T a, T b) {
    Comparator<@Nullable Instant> byTime = Comparator.nullsFirst(Comparator.naturalOrder());
    int newer = byTime.compare(time.apply(b), time.apply(a));
    if (newer != 0 || a.equals(b)) {
      return newer;
    }
    int fuller = Integer.compare(columnsSet(b), columnsSet(a));
    return fuller != 0 ? fuller : Arrays.compareUnsigned(encode(a), encode(b));
  }

  /** The first of the sightings' values for a column that is set; null if none is. */
  static <T, V> @Nullable V firstSet(List<T> newestFirst, Function<T, @Nullable V> column) {
    for (T sighting : newestFirst) {
      V value = column.apply(sighting);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private int columnsSet(T sighting) {
    GenericRecord row = codec.toRow(sighting);
    int set = 0;
    for (int i = 0; i < row.getSchema().getFields().size(); i++) {
      if (row.get(i) != null) {
        set++;
      }
    }
    return set;
  }

  private byte[] encode(T sighting) {
    try {
      return CoderUtils.encodeToByteArray(codec.coder(), sighting);
    } catch (CoderException e) {
      throw new IllegalStateException("a row that cannot be encoded: " + sighting, e);
    }
  }
}
