package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An element of a page's {@code items}, in both dialects. */
final class SlotJson {
  private static final Pattern KIND = Pattern.compile("spotify:([a-z]+):");

  private final String playlistId;
  private final Instant fetchedAt;

  SlotJson(String playlistId, Instant fetchedAt) {
    this.playlistId = playlistId;
    this.fetchedAt = fetchedAt;
  }

  PlaylistSlot read(JsonNode slot, int position) {
    if (!slot.isObject()) {
      return unavailable(position, null, null, !slot.isNull());
    }
    JsonNode content = content(slot);
    if (content == null) {
      return unavailable(position, slot, null, hasOddContent(slot));
    }
    String id = CatalogJson.id(content);
    ItemType type = type(slot, content, id);
    if (ItemType.UNAVAILABLE.equals(type)) {
      JsonNode given = content.get("id");
      boolean none = given == null || given.isNull() || isEmptyText(given);
      return unavailable(position, slot, content, !none);
    }
    Song song = null;
    Album album = null;
    List<Artist> artists = new ArrayList<>();
    if (ItemType.TRACK.equals(type) && id != null) {
      song = CatalogJson.song(id, content, fetchedAt);
      album = CatalogJson.albumOfTrack(content, fetchedAt);
      artists.addAll(CatalogJson.artists(content, fetchedAt));
      if (album != null) {
        artists.addAll(CatalogJson.artists(JsonFields.object(content, "album"), fetchedAt));
      }
    }
    PlaylistItem item = item(position, type, song == null ? null : id, slot, content);
    return new PlaylistSlot(new SeenItem(item, song, album, artists), false);
  }

  /**
   * The item of the slot: an object under a dialect's name, {@code track} before {@code item};
   * these fields may also hold booleans. {@link ItemFingerprint} follows the same rule.
   */
  private static @Nullable JsonNode content(JsonNode slot) {
    for (ItemsRoute route : ItemsRoute.values()) {
      JsonNode content = JsonFields.object(slot, route.slotField());
      if (content != null) {
        return content;
      }
    }
    return null;
  }

  private static boolean hasOddContent(JsonNode slot) {
    for (ItemsRoute route : ItemsRoute.values()) {
      JsonNode content = slot.get(route.slotField());
      if (content != null && !content.isNull() && !content.isBoolean()) {
        return true;
      }
    }
    return false;
  }

  private static ItemType type(JsonNode slot, JsonNode content, @Nullable String id) {
    String uri = JsonFields.text(content, "uri");
    boolean local =
        Boolean.TRUE.equals(JsonFields.flag(slot, "is_local"))
            || Boolean.TRUE.equals(JsonFields.flag(content, "is_local"))
            || (uri != null && uri.startsWith("spotify:local:"));
    if (local) {
      return ItemType.LOCAL;
    }
    if (id == null) {
      return ItemType.UNAVAILABLE;
    }
    String kind = kind(content, uri);
    if (kind.equals("episode") || (uri != null && uri.startsWith("spotify:episode:"))) {
      return ItemType.EPISODE;
    }
    return kind.equals("track") ? ItemType.TRACK : ItemType.OTHER;
  }

  /** By its type, else by its URI; a track if it has neither. */
  private static String kind(JsonNode content, @Nullable String uri) {
    String type = JsonFields.text(content, "type");
    if (type != null && !type.isEmpty()) {
      return type;
    }
    Matcher ofUri = KIND.matcher(Objects.requireNonNullElse(uri, ""));
    return ofUri.lookingAt() ? ofUri.group(1) : "track";
  }

  private PlaylistSlot unavailable(
      int position, @Nullable JsonNode slot, @Nullable JsonNode content, boolean unreadable) {
    PlaylistItem item = item(position, ItemType.UNAVAILABLE, null, slot, content);
    return new PlaylistSlot(new SeenItem(item, null, null, List.of()), unreadable);
  }

  private PlaylistItem item(
      int position,
      ItemType type,
      @Nullable String trackId,
      @Nullable JsonNode slot,
      @Nullable JsonNode content) {
    JsonNode adder = slot == null ? null : JsonFields.object(slot, "added_by");
    return new PlaylistItem(
        playlistId,
        position,
        type,
        trackId,
        JsonFields.text(content, "uri"),
        JsonFields.text(content, "name"),
        slot == null ? null : JsonFields.instant(slot, "added_at"),
        userId(adder));
  }

  private static boolean isEmptyText(JsonNode value) {
    return value.isTextual() && value.textValue().isEmpty();
  }

  /** A user id may have any form but must not be empty. */
  private static @Nullable String userId(@Nullable JsonNode user) {
    String id = JsonFields.text(user, "id");
    return id == null || id.isEmpty() ? null : id;
  }
}
