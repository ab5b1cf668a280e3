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

/** Which answer a path and a query get, the token being good. */
final class WebApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALBUM_BATCH = 20;
  private static final int ARTIST_BATCH = 50;
  private static final int LIBRARY_PAGE = 50;

  private final StandInCatalog catalog;
  private final Dialect dialect;
  private final int embeddedItems;
  private final @Nullable Supplier<String> snapshotIds;
  private final Map<Dialect, Shapes> shapes = new EnumMap<>(Dialect.class);

  /**
   * The API.
   *
   * @param dialect of every response but those of playlists that have their own
   * @param embeddedItems how many items the response to a playlist holds itself
   * @param markets how many available_markets extended responses list
   * @param snapshotIds gives the snapshot_id of every response, null for the catalog's
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

  Answer answer(String method, String path, String rawQuery) {
    if (!method.equals("GET")) {
      return Answer.error(405, "Method not allowed");
    }
    Map<String, String> query = Query.parse(rawQuery);
    List<String> steps = List.of(path.split("/", -1));
    String kind = steps.size() > 2 && steps.get(1).equals("v1") ? steps.get(2) : "";
    return switch (kind + '/' + (steps.size() - 3)) {
      case "me/0" -> ok(shapes(dialect).me(catalog.library()));
      case "me/1" -> library(steps.get(3), query);
      case "playlists/1" -> playlist(steps.get(3), query);
      case "playlists/2" -> items(steps.get(3), steps.get(4), query);
      case "albums/0" -> batch("albums", ALBUM_BATCH, query, this::album);
      case "albums/1" -> single(album(steps.get(3)));
      case "artists/0" -> batch("artists", ARTIST_BATCH, query, this::artist);
      case "artists/1" -> single(artist(steps.get(3)));
      default -> Answer.error(404, "Service not found");
    };
  }

  private Answer playlist(String id, Map<String, String> query) {
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

  private Answer items(String id, String contents, Map<String, String> query) {
    PlaylistData playlist = catalog.playlist(id).orElse(null);
    if (!contents.equals("tracks") && !contents.equals("items")) {
      return Answer.error(404, "Service not found");
    }
    if (playlist == null) {
      return notFound();
    }
    Dialect spoken = dialect(playlist);
    if (playlist.access() != Access.OPEN || !contents.equals(spoken.contents())) {
      return forbidden();
    }
    int limit = number(query, "limit", spoken.defaultLimit());
    int offset = number(query, "offset", 0);
    if (limit < 1 || limit > spoken.maxLimit()) {
      return Answer.error(400, "Invalid limit");
    }
    if (offset < 0) {
      return Answer.error(400, "Invalid offset");
    }
    return ok(shapes(spoken).page(playlist, offset, limit, episodes(query)));
  }

  private Answer library(String what, Map<String, String> query) {
    int limit = number(query, "limit", 20);
    int offset = number(query, "offset", 0);
    if (limit < 1 || limit > LIBRARY_PAGE) {
      return Answer.error(400, "Invalid limit");
    }
    if (offset < 0) {
      return Answer.error(400, "Invalid offset");
    }
    Shapes shapes = shapes(dialect);
    return switch (what) {
      case "playlists" -> ok(shapes.listing(listed(), offset, limit));
      case "tracks" -> ok(shapes.liked(catalog.library().liked(), offset, limit));
      default -> Answer.error(404, "Service not found");
    };
  }

  private List<PlaylistData> listed() {
    return catalog.library().playlistIds().stream()
        .map(catalog::playlist)
        .flatMap(Optional::stream)
        .toList();
  }

  private Answer batch(
      String name,
      int most,
      Map<String, String> query,
      Function<String, Optional<ObjectNode>> lookup) {
    if (dialect == Dialect.RESTRICTED) {
      return forbidden();
    }
    List<String> ids = List.of(query.getOrDefault("ids", "").split(",", -1));
    if (ids.contains("")) {
      return Answer.error(400, "invalid id");
    }
    if (ids.size() > most) {
      return Answer.error(400, "Too many ids requested");
    }
    ObjectNode node = JSON.createObjectNode();
    ArrayNode members = node.putArray(name);
    for (String id : ids) {
      members.add(lookup.apply(id).map(JsonNode.class::cast).orElse(NullNode.getInstance()));
    }
    return ok(node);
  }

  private static Answer single(Optional<ObjectNode> found) {
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

  private Shapes shapes(Dialect spoken) {
    return Objects.requireNonNull(shapes.get(spoken));
  }

  private static boolean episodes(Map<String, String> query) {
    String types = query.getOrDefault("additional_types", "track");
    return List.of(types.split(",", -1)).contains("episode");
  }

  /** -1 for what is no number. */
  private static int number(Map<String, String> query, String name, int absent) {
    String value = query.get(name);
    if (value == null) {
      return absent;
    }
    return value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
  }

  private static Answer ok(ObjectNode node) {
    try {
      return Answer.json(200, JSON.writeValueAsString(node));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Answer notFound() {
    return Answer.error(404, "Resource not found");
  }

  private static Answer forbidden() {
    return Answer.error(403, "Forbidden");
  }
}
