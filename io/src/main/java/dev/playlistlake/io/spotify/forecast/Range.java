package dev.playlistlake.io.spotify.forecast;

import org.jspecify.annotations.Nullable;

/**
 * A number, or the bounds that it lies between.
 *
 * @param min lower bound, inclusive
 * @param max upper bound, inclusive; null if unknown
 */
public record Range(long min, @Nullable Long max) {

  /** A known number. */
  public static Range exactly(long number) {
    return new Range(number, number);
  }

  /** A number with a lower bound only. */
  public static Range atLeast(long number) {
    return new Range(number, null);
  }

  /** Whether both bounds are the same number. */
  public boolean isExact() {
    return max != null && max == min;
  }

  /** Adds bound by bound; an unknown bound stays unknown. */
  public Range plus(Range other) {
    return new Range(
        min + other.min, max == null || other.max == null ? null : Long.valueOf(max + other.max));
  }

  /** The narrowest range that contains both. */
  Range or(Range other) {
    return new Range(
        Math.min(min, other.min),
        max == null || other.max == null ? null : Long.valueOf(Math.max(max, other.max)));
  }
}
