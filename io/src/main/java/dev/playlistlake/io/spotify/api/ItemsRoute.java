package dev.playlistlake.io.spotify.api;

import org.jspecify.annotations.Nullable;

/** The two dialects in which Spotify shows a playlist's items, told by what an answer holds. */
public enum ItemsRoute {
  /** {@code tracks.items[].track}, further pages of 100 at {@code /playlists/{id}/tracks}. */
  TRACKS("tracks", "track", 100),
  /** {@code items.items[].item}, further pages of 50 at {@code /playlists/{id}/items}. */
  ITEMS("items", "item", 50);

  /** How many items a first answer holds, in both dialects; what it does hold counts. */
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

  /** The field of a slot that holds what stands there. */
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
