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
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which answer a path and a query get, the token being good. */
final class WebApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALBUM_BATCH = 20;
  private static final int ARTIST_BATCH = 50;
  private static final int LIBRARY_PAGE = 50;
  private static final Map<String, String> SCOPES_NEEDED =
      Map.of("/v1/me/tracks", "user-library-read", "/v1/me/playlists", "playlist-read-private");

  private final StandInCatalog catalog;
  private final StandInOptions options;
  private final Map<Dialect, Shapes> shapes = new EnumMap<>(Dialect.class);

  WebApi(StandInCatalog catalog, StandInOptions options) {
    this.catalog = catalog;
    this.options = options;
    for (Dialect dialect : Dialect.values()) {
      shapes.put(dialect, new Shapes(dialect, options.markets()));
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
      case "me/0" -> ok(shapes(options.dialect()).me(catalog.library()));
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

  /**
   * Why a request is refused that asks for what is a user's own; null where it is not.
   *
   * @param scopes what the user has agreed to; empty for an app without one
   */
  static @Nullable Answer refusal(String path, Optional<Set<String>> scopes) {
    if (!path.equals("/v1/me") && !path.startsWith("/v1/me/")) {
      return null;
    } else if (scopes.isEmpty()) {
      return Answer.error(401, "Valid user authentication required");
    }
    String needed = SCOPES_NEEDED.get(path);
    return needed == null || scopes.get().contains(needed)
        ? null
        : Answer.error(403, "Insufficient client scope");
  }

  private Answer playlist(String id, Map<String, String> query) {
    PlaylistData playlist = catalog.playlist(id).orElse(null);
    if (playlist == null) {
      return notFound();
    }
    if (playlist.access() == Access.FORBIDDEN) {
      return forbidden();
    }
    String snapshotId =
        options.snapshotIds() == null ? playlist.snapshotId() : options.snapshotIds().get();
    return ok(
        shapes(dialect(playlist))
            .playlist(playlist, snapshotId, options.embeddedItems(), episodes(query)));
  }

  private Answer items(String id, String contents, Map<String, String> query) {
    PlaylistData playlist = catalog.playlist(id).orElse(null);
    if (!contents.equals("tracks") && !contents.equals("items")) {
      return Answer.error(404, "Service not found");
    }
    if (playlist == null) {
      return notFound();
    }
    Dialect dialect = dialect(playlist);
    if (playlist.access() != Access.OPEN || !contents.equals(dialect.contents())) {
      return forbidden();
    }
    int limit = number(query, "limit", dialect.defaultLimit());
    int offset = number(query, "offset", 0);
    if (limit < 1 || limit > dialect.maxLimit()) {
      return Answer.error(400, "Invalid limit");
    }
    if (offset < 0) {
      return Answer.error(400, "Invalid offset");
    }
    return ok(shapes(dialect).page(playlist, offset, limit, episodes(query)));
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
    Shapes shapes = shapes(options.dialect());
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
    if (options.dialect() == Dialect.RESTRICTED) {
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
    return catalog
        .album(id)
        .map(album -> shapes(options.dialect()).album(album, catalog.tracksOfAlbum(id)));
  }

  private Optional<ObjectNode> artist(String id) {
    return catalog.artist(id).map(artist -> shapes(options.dialect()).artist(artist));
  }

  private Dialect dialect(PlaylistData playlist) {
    return playlist.dialect() == null ? options.dialect() : playlist.dialect();
  }

  private Shapes shapes(Dialect dialect) {
    return Objects.requireNonNull(shapes.get(dialect));
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
