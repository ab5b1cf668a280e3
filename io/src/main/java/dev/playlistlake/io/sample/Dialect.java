package dev.playlistlake.io.sample;

/**
 * The two response formats of the Web API since February 2026, by the tier of the app. Limits are
 * those of {@code GET /v1/playlists/{id}/tracks} or {@code /items}.
 */
public enum Dialect {
  /** Extended quota: {@code tracks} and {@code track}, batch lookups, every field. */
  EXTENDED("tracks", "track", 100, 100),
  /** New development apps: {@code items} and {@code item}, no batch lookups, fewer fields. */
  RESTRICTED("items", "item", 50, 20);

  private final String contents;
  private final String content;
  private final int maxLimit;
  private final int defaultLimit;

  Dialect(String contents, String content, int maxLimit, int defaultLimit) {
    this.contents = contents;
    this.content = content;
    this.maxLimit = maxLimit;
    this.defaultLimit = defaultLimit;
  }

  /** The playlist field with its page of items, and the last segment of the items' path. */
  String contents() {
    return contents;
  }

  /** The item field with the track or episode. */
  String content() {
    return content;
  }

  int maxLimit() {
    return maxLimit;
  }

  int defaultLimit() {
    return defaultLimit;
  }
}
