package dev.playlistlake.transforms.catalog;

import dev.playlistlake.schema.TableCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows of two groups of columns: the base columns are those of the newest sighting; each detail
 * column comes from the newest detail that has it, so that a response with fewer fields never
 * erases a label or a UPC.
 */
abstract class DetailedMerging<T> implements Merging<T> {
  private final NewestFirst<T> baseOrder;
  private final NewestFirst<T> detailOrder;
  private final SerializableFunction<T, @Nullable Instant> detailedAt;

  DetailedMerging(
      TableCodec<T> codec,
      SerializableFunction<T, @Nullable Instant> fetchedAt,
      SerializableFunction<T, @Nullable Instant> detailedAt) {
    this.baseOrder = new NewestFirst<>(codec, fetchedAt);
    this.detailOrder = new NewestFirst<>(codec, detailedAt);
    this.detailedAt = detailedAt;
  }

  /** The row with its base columns alone. */
  abstract T withoutDetails(T sighting);

  /** These base columns, with the details of sightings sorted newest first. */
  abstract T withDetails(T base, List<T> newestFirst);

  /** Merging two details would lose which one is newer per column. */
  @Override
  public final boolean mayMergeEarly(T sighting) {
    return detailedAt.apply(sighting) == null;
  }

  @Override
  public final T merge(Collection<T> sightings) {
    List<T> bases = new ArrayList<>(sightings.size());
    List<T> details = new ArrayList<>();
    for (T sighting : sightings) {
      if (mayMergeEarly(sighting)) {
        bases.add(sighting);
      } else {
        bases.add(withoutDetails(sighting));
        details.add(sighting);
      }
    }
    T base = Collections.min(bases, baseOrder);
    if (details.isEmpty()) {
      return base;
    }
    details.sort(detailOrder);
    return withDetails(base, details);
  }
}
