package dev.playlistlake.transforms;

/**
 * How rows are spread: by a hash of their key that is the same in every JVM, so that a repeated
 * attempt puts a row where the first one did.
 */
public final class Buckets {
  /**
   * Groups that rows are resolved in. Few groups reduced in memory are about ten times faster than
   * a group an id on the DirectRunner, whose upkeep grows with the groups of one step times those
   * of the next; and they are enough to keep a cluster busy.
   */
  public static final int GROUPS = 16;

  private Buckets() {}

  /** The bucket of a key, 0 to {@code buckets - 1}. */
  public static int of(String key, int buckets) {
    int hash = key.hashCode();
    // Ids that differ in their last characters only would else crowd neighbouring buckets.
    return Math.floorMod(hash ^ (hash >>> 16), buckets);
  }
}
