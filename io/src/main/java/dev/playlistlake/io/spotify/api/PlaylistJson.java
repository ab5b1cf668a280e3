package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.run.UriPrefixes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Parses the responses of {@code /v1/playlists/{id}}, {@code /v1/me/tracks} and their pages as a
 * stream, with one item at a time in memory as JSON. Without slots it only counts and compares
 * items, at a fifth of the cost.
 */
public final class PlaylistJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** A hundred times what Spotify allows; every hundred items would be a request. */
  private static final int MOST_ITEMS = 1_000_000;

  private static final String[] TELLTALES = {"id", "name", "uri", "href", "snapshot_id"};

  private final String playlistId;
  private final boolean withSlots;

  public PlaylistJson(String playlistId, boolean withSlots) {
    this.playlistId = playlistId;
    this.withSlots = withSlots;
  }

  /**
   * The first response.
   *
   * @param playlist metadata; status and counts are not known yet
   * @param route the dialect; null if the app may not see the items
   * @param page the first items; null if the app may not see them
   * @param version identifies the state of the items: the snapshot_id, or for Liked Songs when the
   *     newest was added; null if nothing does
   */
  public record First(
      Playlist playlist, @Nullable ItemsRoute route, @Nullable Page page, @Nullable String version)
      implements Parsed {
    /** How many items there are, according to Spotify; null if the response has no total. */
    public @Nullable Integer total() {
      return page == null ? null : (Integer) page.total();
    }

    /**
     * Whether a later response shows the same items, by the total and the items of the first page.
     * The snapshot_id proves nothing: Spotify changes it without an edit, and serves old ones after
     * an edit.
     */
    public boolean hasSameItemsAs(First later) {
      Page now = later.page();
      return page != null
          && now != null
          && page.total() == now.total()
          && page.prints().equals(now.prints());
    }

    /** Whether a later response states the same snapshot_id. */
    public boolean hasSameSnapshotAs(First later) {
      String snapshot = playlist.snapshotId();
      return snapshot != null && snapshot.equals(later.playlist().snapshotId());
    }
  }

  /**
   * Parses the response to a request of this playlist.
   *
   * @throws MalformedResponseException if it is not JSON, or contains neither playlist nor page
   */
  public Parsed read(ApiRequest request, String body, Instant fetchedAt)
      throws MalformedResponseException {
    ApiRequest.PageRequest page = PlaylistRequests.itemsPage(request);
    if (page != null) {
      return readPage(body, page.offset(), fetchedAt);
    }
    return LikedSongs.isId(playlistId) ? readLiked(body, fetchedAt) : readFirst(body, fetchedAt);
  }

  public First readFirst(String body, Instant fetchedAt) throws MalformedResponseException {
    return reading(
        body,
        json -> {
          ObjectNode metadata = JsonNodeFactory.instance.objectNode();
          ItemsRoute route = null;
          Page page = null;
          String withoutItems = null;
          while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            ItemsRoute ofField = ItemsRoute.ofField(field);
            JsonToken value = json.nextToken();
            if (ofField == null) {
              metadata.set(field, MAPPER.<JsonNode>readTree(json));
            } else if (value == JsonToken.START_OBJECT) {
              Page ofRoute = readPage(json, 0, fetchedAt, /* isContainer= */ true);
              if (ofRoute == null) {
                withoutItems = field;
              } else if (route == null || ofField.pageSize() > route.pageSize()) {
                // Of two dialects the one with the larger pages.
                page = ofRoute;
                route = ofField;
              }
            } else if (value == JsonToken.VALUE_NULL) {
              metadata.putNull(field);
            } else {
              throw new MalformedResponseException(field + " is no object");
            }
          }
          if (page == null && withoutItems != null) {
            throw new MalformedResponseException(withoutItems + " has no items array");
          } else if (page == null && !saysAnything(metadata)) {
            throw new MalformedResponseException("the answer is no playlist");
          }
          Playlist playlist = playlist(playlistId, metadata, fetchedAt);
          return new First(playlist, route, page, playlist.snapshotId());
        });
  }

  /**
   * A playlist from the listing of a library: without followers, and with the number of its items
   * instead of the items. Null if the entry has no valid id.
   */
  public static @Nullable First listed(JsonNode entry, Instant fetchedAt) {
    String playlistId = JsonFields.text(entry, "id");
    if (playlistId == null || !SpotifyIds.mayBeId(playlistId)) {
      return null;
    }
    Playlist playlist = playlist(playlistId, entry, fetchedAt);
    for (ItemsRoute route : ItemsRoute.values()) {
      Integer total = JsonFields.number(JsonFields.object(entry, route.field()), "total");
      if (total != null && total >= 0) {
        Page page = Page.of(total, 0);
        return new First(playlist, route, page, playlist.snapshotId());
      }
    }
    return new First(playlist, null, null, playlist.snapshotId());
  }

  /**
   * The first page of Liked Songs, which has no metadata.
   *
   * @throws MalformedResponseException if it is not a usable first page
   */
  public First readLiked(String body, Instant fetchedAt) throws MalformedResponseException {
    // Always with slots: they contain when the newest item was added.
    Page page = new PlaylistJson(playlistId, true).readPage(body, 0, fetchedAt);
    String newest =
        page.slots().stream()
            .map(slot -> slot.seen().item().addedAt())
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .map(LikedSongs::version)
            .orElse(null);
    return new First(
        LikedSongs.playlist(playlistId, fetchedAt),
        ItemsRoute.TRACKS,
        withSlots ? page : page.withoutSlots(),
        newest);
  }

  public Page readPage(String body, int offset, Instant fetchedAt)
      throws MalformedResponseException {
    return reading(
        body,
        json ->
            Objects.requireNonNull(readPage(json, offset, fetchedAt, /* isContainer= */ false)));
  }

  private interface Reader<T> {
    T read(JsonParser json) throws IOException, MalformedResponseException;
  }

  private static <T> T reading(String body, Reader<T> reader) throws MalformedResponseException {
    try (JsonParser json = MAPPER.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedResponseException("the answer is no JSON object");
      }
      T value = reader.read(json);
      if (json.nextToken() != null) {
        throw new MalformedResponseException("something follows the JSON object");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new MalformedResponseException("the answer is no JSON", e);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be read", e);
    }
  }

  private static boolean saysAnything(JsonNode metadata) {
    for (String field : TELLTALES) {
      JsonNode value = metadata.get(field);
      if (value != null && value.isTextual()) {
        return true;
      }
    }
    return false;
  }

  /**
   * A page, from after its opening brace to its closing one.
   *
   * @param isContainer whether it is a field of a playlist; null if that has no array of items
   */
  private @Nullable Page readPage(
      JsonParser json, int offset, Instant fetchedAt, boolean isContainer)
      throws IOException, MalformedResponseException {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    SlotJson slotJson = new SlotJson(playlistId, fetchedAt);
    List<PlaylistSlot> slots = new ArrayList<>();
    List<Long> prints = null;
    long uris = UriPrefixes.START;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      if (!field.equals("items") || value != JsonToken.START_ARRAY) {
        fields.set(field, MAPPER.<JsonNode>readTree(json));
        continue;
      }
      prints = new ArrayList<>();
      uris = UriPrefixes.START;
      slots.clear();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        ItemFingerprint print;
        if (withSlots) {
          JsonNode slot = MAPPER.readTree(json);
          print = ItemFingerprint.of(slot);
          slots.add(slotJson.read(slot, offset + prints.size()));
        } else {
          print = ItemFingerprint.of(json);
        }
        prints.add(print.print());
        uris = UriPrefixes.add(uris, print.uri());
      }
    }
    if (prints == null) {
      if (isContainer) {
        return null;
      }
      throw new MalformedResponseException("the page has no items array");
    }
    return page(fields, offset, prints, uris, slots);
  }

  private static Page page(
      ObjectNode fields, int offset, List<Long> prints, long uris, List<PlaylistSlot> slots)
      throws MalformedResponseException {
    NextPage next = NextPage.of(fields);
    Integer total = JsonFields.number(fields, "total");
    boolean hasTotal = total != null && total >= 0;
    if (!hasTotal && JsonFields.text(fields, "next") != null) {
      throw new MalformedResponseException("the page has no total");
    } else if (hasTotal && total > MOST_ITEMS) {
      throw new MalformedResponseException("the page's total cannot be: " + total);
    }
    Integer limit = JsonFields.number(fields, "limit");
    return new Page(
        hasTotal ? total : offset + prints.size(),
        hasTotal,
        limit == null ? 0 : limit,
        prints,
        uris,
        next,
        slots);
  }

  private static Playlist playlist(String playlistId, JsonNode metadata, Instant fetchedAt) {
    JsonNode owner = JsonFields.object(metadata, "owner");
    return new Playlist(
        playlistId,
        JsonFields.text(metadata, "name"),
        JsonFields.text(metadata, "description"),
        JsonFields.text(owner, "id"),
        JsonFields.text(owner, "display_name"),
        JsonFields.flag(metadata, "public"),
        JsonFields.flag(metadata, "collaborative"),
        JsonFields.number(JsonFields.object(metadata, "followers"), "total"),
        JsonFields.text(metadata, "snapshot_id"),
        null,
        null,
        JsonFields.firstImage(metadata),
        JsonFields.spotifyUrl(metadata),
        ReadStatus.INCOMPLETE,
        fetchedAt,
        null);
  }
}
