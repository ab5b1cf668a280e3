package dev.playlistlake.io.spotify.api;

import org.jspecify.annotations.Nullable;

/**
 * The two dialects of a playlist's items; the response shows which one it is. Page sizes are the
 * largest by Spotify's reference of Get Playlist Items; apps registered since February 2026 get the
 * second dialect.
 */
public enum ItemsRoute {
  /** {@code tracks.items[].track}, further pages of 100 at {@code /playlists/{id}/tracks}. */
  TRACKS("tracks", "track", 100),
  /** {@code items.items[].item}, further pages of 50 at {@code /playlists/{id}/items}. */
  ITEMS("items", "item", 50);

  /**
   * Items in the response to Get Playlist, whatever its limit; the number it actually holds counts.
   */
  public static final int FIRST_ITEMS = 100;

  private final String field;
  private final String slotField;
  private final int pageSize;

  ItemsRoute(String field, String slotField, int pageSize) {
    this.field = field;
    this.slotField = slotField;
    this.pageSize = pageSize;
  }

  /** The playlist's field that holds the first page, and the last part of the pages' path. */
  public String field() {
    return field;
  }

  /** The field of a slot that holds the item. */
  String slotField() {
    return slotField;
  }

  public int pageSize() {
    return pageSize;
  }

  static @Nullable ItemsRoute ofField(String field) {
    for (ItemsRoute route : values()) {
      if (route.field.equals(field)) {
        return route;
      }
    }
    return null;
  }
}
