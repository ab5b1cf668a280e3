package dev.playlistlake.model;

import java.io.Serializable;

/**
 * The type of a playlist item; column {@code playlist_item.item_type}, in lower case. A type from
 * another version is kept unchanged.
 */
public record ItemType(String name) implements Serializable {
  public static final ItemType TRACK = new ItemType("track");
  public static final ItemType EPISODE = new ItemType("episode");

  /** A local file of the user; it has a name, but no Spotify id. */
  public static final ItemType LOCAL = new ItemType("local");

  /** Something that Spotify plays but that is not a song: a chapter, an audiobook, a show. */
  public static final ItemType OTHER = new ItemType("other");

  /** An item that Spotify no longer returns. */
  public static final ItemType UNAVAILABLE = new ItemType("unavailable");

  @Override
  public String toString() {
    return name;
  }
}
