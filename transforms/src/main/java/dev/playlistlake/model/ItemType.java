package dev.playlistlake.model;

import java.io.Serializable;

/**
 * What stands in a slot of a playlist; column {@code playlist_item.item_type}, in lower case. A
 * type that another version has written is kept as it is.
 */
public record ItemType(String name) implements Serializable {
  public static final ItemType TRACK = new ItemType("track");
  public static final ItemType EPISODE = new ItemType("episode");

  /** A file of the user's own; it has a name, but no Spotify id. */
  public static final ItemType LOCAL = new ItemType("local");

  /** A slot whose content Spotify no longer returns. */
  public static final ItemType UNAVAILABLE = new ItemType("unavailable");

  @Override
  public String toString() {
    return name;
  }
}
