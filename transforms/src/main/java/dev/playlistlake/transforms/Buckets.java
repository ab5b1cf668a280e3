package dev.playlistlake.transforms;

/**
 * How rows are spread: by a hash of their key that is the same in every JVM, so that a repeated
 * attempt puts a row into the same bucket as the first.
 */
public final class Buckets {
  /**
   * The number of groups in which rows are resolved (decision 9). Few groups reduced in memory are
   * about ten times faster than one group per id on the DirectRunner, whose upkeep grows with the
   * groups of one step times those of the next, and they are enough to keep a cluster busy.
   */
  public static final int GROUPS = 16;

  private Buckets() {}

  /** The bucket of a key, 0 to {@code buckets - 1}. */
  public static int of(String key, int buckets) {
    int hash = key.hashCode();
    // Otherwise ids that differ only in their last characters would crowd neighbouring buckets.
    return Math.floorMod(hash ^ (hash >>> 16), buckets);
  }
}
