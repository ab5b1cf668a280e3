package dev.playlistlake.model;

/**
 * When playlists that are missing at once are more likely Spotify's error than a decision of their
 * owners.
 */
public final class MassLoss {
  /** Fewer than this may be gone on a bad day of a short list. */
  private static final int FEWEST = 5;

  private static final double LARGEST_SHARE = 0.3;

  private MassLoss() {}

  /** Whether so many of the playlists of the day before may not just be gone. */
  public static boolean isOne(long missing, long before) {
    return missing >= FEWEST && missing > LARGEST_SHARE * before;
  }
}
