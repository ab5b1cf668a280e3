package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.model.run.UriPrefixes;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What makes two responses for a slot the same: which item it holds and when that was added.
 * Popularity and similar fields change without an edit of the playlist.
 *
 * @param print the fingerprint; 0 for a slot that holds nothing
 * @param uri of the item; null if it has none
 */
record ItemFingerprint(long print, @Nullable String uri) {
  private static final ItemsRoute[] ROUTES = ItemsRoute.values();

  /** What identifies the item in the slot. */
  private record Content(@Nullable String uri, @Nullable String id) {}

  /** The fingerprint of a slot that was parsed as a tree: the same as that of its text. */
  static ItemFingerprint of(JsonNode slot) {
    try (JsonParser json = slot.traverse()) {
      json.nextToken();
      return of(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be read", e);
    }
  }

  /**
   * The fingerprint of the slot at the parser's position; moves the parser to the slot's end.
   *
   * <p>If the slot has the fields of both dialects, the one that {@link SlotJson} reads counts; if
   * it has a field twice, the last one counts, as in a tree.
   */
  static ItemFingerprint of(JsonParser json) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return hash(null, null);
    }
    String addedAt = null;
    Content[] contents = new Content[ROUTES.length];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      int route = routeOf(field);
      if (route >= 0) {
        contents[route] = value == JsonToken.START_OBJECT ? content(json) : null;
      } else if (field.equals("added_at")) {
        addedAt = text(json);
      }
      json.skipChildren();
    }
    for (Content content : contents) {
      if (content != null) {
        return hash(addedAt, content);
      }
    }
    return hash(addedAt, null);
  }

  /** The value of a dialect's field, from its opening brace to its closing one. */
  private static Content content(JsonParser json) throws IOException {
    String uri = null;
    String id = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "uri" -> uri = text(json);
        case "id" -> id = text(json);
        default -> {
          // Does not identify the item.
        }
      }
      json.skipChildren();
    }
    return new Content(uri, id);
  }

  private static int routeOf(String field) {
    for (int i = 0; i < ROUTES.length; i++) {
      if (ROUTES[i].slotField().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  private static @Nullable String text(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
  }

  private static ItemFingerprint hash(@Nullable String addedAt, @Nullable Content content) {
    String uri = content == null ? null : content.uri();
    String id = content == null ? null : content.id();
    long print = content == null ? 0 : mix(mix(mix(1, addedAt), uri), id);
    return new ItemFingerprint(print, uri);
  }

  private static long mix(long print, @Nullable String text) {
    return UriPrefixes.add(print, text);
  }
}
