package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What makes two looks at a slot the same: what stands there and when it was added. Popularity and
 * the like change without anybody having edited the playlist.
 */
final class ItemFingerprint {
  private ItemFingerprint() {}

  static long of(JsonNode slot) {
    JsonNode content = null;
    for (ItemsRoute route : ItemsRoute.values()) {
      JsonNode candidate = slot.get(route.slotField());
      content = candidate != null && candidate.isObject() ? candidate : content;
    }
    return hash(
        JsonFields.text(slot, "added_at"),
        JsonFields.text(content, "uri"),
        JsonFields.text(content, "id"));
  }

  /** The same from a stream that stands at the slot; leaves it at the slot's end. */
  static long of(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return hash(null, null, null);
    }
    String addedAt = null;
    String uri = null;
    String id = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (field.equals("added_at")) {
        addedAt = text(json);
      } else if (value == JsonToken.START_OBJECT && isContent(field)) {
        uri = null;
        id = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String inner = json.currentName();
          json.nextToken();
          switch (inner) {
            case "uri" -> uri = text(json);
            case "id" -> id = text(json);
            default -> {
              // Says nothing about which item it is.
            }
          }
          json.skipChildren();
        }
      }
      json.skipChildren();
    }
    return hash(addedAt, uri, id);
  }

  private static boolean isContent(String field) {
    for (ItemsRoute route : ItemsRoute.values()) {
      if (route.slotField().equals(field)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String text(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
  }

  private static long hash(@Nullable String addedAt, @Nullable String uri, @Nullable String id) {
    long hash = addedAt == null ? 0 : addedAt.hashCode();
    hash = hash * 1_000_003 + (uri == null ? 0 : uri.hashCode());
    return hash * 1_000_003 + (id == null ? 0 : id.hashCode());
  }
}
