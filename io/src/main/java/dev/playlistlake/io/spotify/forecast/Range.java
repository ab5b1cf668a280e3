package dev.playlistlake.io.spotify.forecast;

import org.jspecify.annotations.Nullable;

/**
 * A number that is known, or between which two it lies.
 *
 * @param min no less
 * @param max no more; null where nobody knows
 */
public record Range(long min, @Nullable Long max) {

  /** A number that is known. */
  public static Range exactly(long number) {
    return new Range(number, number);
  }

  /** A number of which only the least is known. */
  public static Range atLeast(long number) {
    return new Range(number, null);
  }

  /** Whether it is one number. */
  public boolean isExact() {
    return max != null && max == min;
  }

  public Range plus(Range other) {
    return new Range(
        min + other.min, max == null || other.max == null ? null : Long.valueOf(max + other.max));
  }

  /** The narrowest that holds both. */
  Range or(Range other) {
    return new Range(
        Math.min(min, other.min),
        max == null || other.max == null ? null : Long.valueOf(Math.max(max, other.max)));
  }
}
