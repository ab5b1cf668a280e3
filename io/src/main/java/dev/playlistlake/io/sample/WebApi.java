package dev.playlistlake.io.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The responses of the Web API, by path and query; the caller has checked the token. */
final class WebApi {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Most ids of {@code GET /v1/albums}, from Spotify's reference. */
  private static final int ALBUM_BATCH = 20;

  /** Most ids of {@code GET /v1/artists}, from Spotify's reference. */
  private static final int ARTIST_BATCH = 50;

  /**
   * Highest limit of {@code GET /v1/me/playlists} and {@code /v1/me/tracks}, from the reference.
   */
  private static final int LIBRARY_PAGE = 50;

  private final StandInCatalog catalog;
  private final Dialect dialect;
  private final int embeddedItems;
  private final @Nullable Supplier<String> snapshotIds;
  private final Map<Dialect, Shapes> shapes = new EnumMap<>(Dialect.class);

  /**
   * Creates the API.
   *
   * @param dialect of all responses, except for playlists with a dialect of their own
   * @param embeddedItems most items in the response for a playlist
   * @param markets how many available_markets extended responses list
   * @param snapshotIds supplies the snapshot_id of every response; null for the catalog's
   */
  WebApi(
      StandInCatalog catalog,
      Dialect dialect,
      int embeddedItems,
      int markets,
      @Nullable Supplier<String> snapshotIds) {
    this.catalog = catalog;
    this.dialect = dialect;
    this.embeddedItems = embeddedItems;
    this.snapshotIds = snapshotIds;
    for (Dialect each : Dialect.values()) {
      shapes.put(each, new Shapes(each, markets));
    }
  }

  Response respond(String method, String path, String rawQuery) {
    if (!method.equals("GET")) {
      return Response.error(405, "Method not allowed");
    }
    Map<String, String> query = Query.parse(rawQuery);
    List<String> segments = List.of(path.split("/", -1));
    String kind = segments.size() > 2 && segments.get(1).equals("v1") ? segments.get(2) : "";
    return switch (kind + '/' + (segments.size() - 3)) {
      case "me/0" -> ok(shapes(dialect).me(catalog.library()));
      case "me/1" -> library(segments.get(3), query);
      case "playlists/1" -> playlist(segments.get(3), query);
      case "playlists/2" -> items(segments.get(3), segments.get(4), query);
      case "albums/0" -> batch("albums", ALBUM_BATCH, query, this::album);
      case "albums/1" -> single(album(segments.get(3)));
      case "artists/0" -> batch("artists", ARTIST_BATCH, query, this::artist);
      case "artists/1" -> single(artist(segments.get(3)));
      default -> Response.error(404, "Service not found");
    };
  }

  private Response playlist(String id, Map<String, String> query) {
    PlaylistData playlist = catalog.playlist(id).orElse(null);
    if (playlist == null) {
      return notFound();
    }
    if (playlist.access() == Access.FORBIDDEN) {
      return forbidden();
    }
    String snapshotId = snapshotIds == null ? playlist.snapshotId() : snapshotIds.get();
    return ok(
        shapes(dialect(playlist)).playlist(playlist, snapshotId, embeddedItems, episodes(query)));
  }

  private Response items(String id, String contents, Map<String, String> query) {
    PlaylistData playlist = catalog.playlist(id).orElse(null);
    if (!contents.equals("tracks") && !contents.equals("items")) {
      return Response.error(404, "Service not found");
    }
    if (playlist == null) {
      return notFound();
    }
    Dialect effective = dialect(playlist);
    if (playlist.access() != Access.OPEN || !contents.equals(effective.contents())) {
      return forbidden();
    }
    int limit = number(query, "limit", effective.defaultLimit());
    int offset = number(query, "offset", 0);
    if (limit < 1 || limit > effective.maxLimit()) {
      return Response.error(400, "Invalid limit");
    }
    if (offset < 0) {
      return Response.error(400, "Invalid offset");
    }
    return ok(shapes(effective).page(playlist, offset, limit, episodes(query)));
  }

  private Response library(String kind, Map<String, String> query) {
    int limit = number(query, "limit", 20);
    int offset = number(query, "offset", 0);
    if (limit < 1 || limit > LIBRARY_PAGE) {
      return Response.error(400, "Invalid limit");
    }
    if (offset < 0) {
      return Response.error(400, "Invalid offset");
    }
    Shapes shapes = shapes(dialect);
    return switch (kind) {
      case "playlists" -> ok(shapes.listing(listed(), offset, limit));
      case "tracks" -> ok(shapes.liked(catalog.library().liked(), offset, limit));
      default -> Response.error(404, "Service not found");
    };
  }

  private List<PlaylistData> listed() {
    return catalog.library().playlistIds().stream()
        .map(catalog::playlist)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Unknown ids are null members, as on Spotify; the restricted dialect has no batches. */
  private Response batch(
      String name,
      int maxIds,
      Map<String, String> query,
      Function<String, Optional<ObjectNode>> lookup) {
    if (dialect == Dialect.RESTRICTED) {
      return forbidden();
    }
    List<String> ids = List.of(query.getOrDefault("ids", "").split(",", -1));
    if (ids.contains("")) {
      return Response.error(400, "invalid id");
    }
    if (ids.size() > maxIds) {
      return Response.error(400, "Too many ids requested");
    }
    ObjectNode node = JSON.createObjectNode();
    ArrayNode members = node.putArray(name);
    for (String id : ids) {
      members.add(lookup.apply(id).map(JsonNode.class::cast).orElse(NullNode.getInstance()));
    }
    return ok(node);
  }

  private static Response single(Optional<ObjectNode> found) {
    return found.map(WebApi::ok).orElseGet(WebApi::notFound);
  }

  private Optional<ObjectNode> album(String id) {
    return catalog.album(id).map(album -> shapes(dialect).album(album, catalog.tracksOfAlbum(id)));
  }

  private Optional<ObjectNode> artist(String id) {
    return catalog.artist(id).map(artist -> shapes(dialect).artist(artist));
  }

  private Dialect dialect(PlaylistData playlist) {
    return playlist.dialect() == null ? dialect : playlist.dialect();
  }

  private Shapes shapes(Dialect key) {
    return Objects.requireNonNull(shapes.get(key));
  }

  private static boolean episodes(Map<String, String> query) {
    String types = query.getOrDefault("additional_types", "track");
    return List.of(types.split(",", -1)).contains("episode");
  }

  /** A query parameter; -1 if it is not a number. */
  private static int number(Map<String, String> query, String name, int absent) {
    String value = query.get(name);
    if (value == null) {
      return absent;
    }
    return value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
  }

  private static Response ok(ObjectNode node) {
    try {
      return Response.json(200, JSON.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Response notFound() {
    return Response.error(404, "Resource not found");
  }

  private static Response forbidden() {
    return Response.error(403, "Forbidden");
  }
}
