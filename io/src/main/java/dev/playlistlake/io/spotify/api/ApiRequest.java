package dev.playlistlake.io.spotify.api;

import dev.playlistlake.model.SubjectType;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A request of the Web API that a run can send. */
public sealed interface ApiRequest {

  /**
   * The path template of its endpoint. Spotify counts quota per group of endpoints, and does not
   * publish the groups: each template is a family of its own (decision 32).
   */
  String family();

  /** A request for one page of several. */
  sealed interface PageRequest extends ApiRequest {
    /** How many entries are before the page. */
    int offset();

    /** How many entries the page may hold. */
    int limit();
  }

  /** {@code GET /v1/playlists/{id}}: metadata and, if the app may see them, the first items. */
  record FirstAnswer(String playlistId) implements ApiRequest {
    public FirstAnswer {
      SpotifyIds.requireId(playlistId);
    }

    @Override
    public String family() {
      return "/v1/playlists/{id}";
    }
  }

  /** {@code GET /v1/playlists/{id}/tracks} or {@code /items}: a page of items. */
  record ItemsPage(String playlistId, ItemsRoute route, int offset, int limit)
      implements PageRequest {
    public ItemsPage {
      SpotifyIds.requireId(playlistId);
    }

    @Override
    public String family() {
      return "/v1/playlists/{id}/" + route.field();
    }
  }

  /** {@code GET /v1/me}: the token's user. */
  record User() implements ApiRequest {
    @Override
    public String family() {
      return "/v1/me";
    }
  }

  /** {@code GET /v1/me/playlists}: a page of the playlists in the user's library. */
  record LibraryPage(int offset, int limit) implements PageRequest {
    /** The largest page, by Spotify's reference of Get Current User's Playlists. */
    public static final int SIZE = 50;

    @Override
    public String family() {
      return "/v1/me/playlists";
    }
  }

  /** {@code GET /v1/me/tracks}: a page of the user's Liked Songs. */
  record LikedPage(int offset, int limit) implements PageRequest {
    /** The largest page, by Spotify's reference of Get User's Saved Tracks. */
    public static final int SIZE = 50;

    @Override
    public String family() {
      return "/v1/me/tracks";
    }
  }

  /** {@code GET /v1/albums?ids=} or {@code /v1/artists?ids=}: details of several. */
  record DetailBatch(SubjectType kind, List<String> ids) implements ApiRequest {
    public DetailBatch {
      ids = List.copyOf(ids);
    }

    @Override
    public String family() {
      return family(kind);
    }

    /** The family of batches of a kind. */
    public static String family(SubjectType kind) {
      return kind == SubjectType.ALBUM ? "/v1/albums" : "/v1/artists";
    }
  }

  /** {@code GET /v1/albums/{id}} or {@code /v1/artists/{id}}: details of one. */
  record SingleDetail(SubjectType kind, String id) implements ApiRequest {
    public SingleDetail {
      SpotifyIds.requireId(id);
    }

    @Override
    public String family() {
      return family(kind);
    }

    /** The family of single details of a kind. */
    public static String family(SubjectType kind) {
      return DetailBatch.family(kind) + "/{id}";
    }
  }

  /** Parses a request line as it is stored: method, path, query. */
  static ApiRequest parse(String line) {
    URI uri = URI.create(line.substring(line.indexOf(' ') + 1));
    String[] path = uri.getPath().split("/");
    Map<String, String> query = query(uri);
    if (path.length < 3) {
      throw new IllegalArgumentException("not a request of this program: " + line);
    }
    return switch (path[2]) {
      case "me" -> ofUser(path, query);
      case "playlists" -> ofPlaylist(path, query);
      case "albums" -> ofDetails(SubjectType.ALBUM, path, query);
      case "artists" -> ofDetails(SubjectType.ARTIST, path, query);
      default -> throw new IllegalArgumentException("not a request of this program: " + line);
    };
  }

  private static ApiRequest ofPlaylist(String[] path, Map<String, String> query) {
    ItemsRoute route = path.length > 4 ? ItemsRoute.ofField(path[4]) : null;
    return route == null
        ? new FirstAnswer(path[3])
        : new ItemsPage(path[3], route, number(query, "offset"), number(query, "limit"));
  }

  private static ApiRequest ofUser(String[] path, Map<String, String> query) {
    if (path.length == 3) {
      return new User();
    }
    return path[3].equals("tracks")
        ? new LikedPage(number(query, "offset"), number(query, "limit"))
        : new LibraryPage(number(query, "offset"), number(query, "limit"));
  }

  private static int number(Map<String, String> query, String name) {
    return Integer.parseInt(query.getOrDefault(name, "0"));
  }

  private static ApiRequest ofDetails(SubjectType kind, String[] path, Map<String, String> query) {
    return path.length > 3
        ? new SingleDetail(kind, path[3])
        : new DetailBatch(kind, List.of(query.getOrDefault("ids", "").split(",")));
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    String raw = uri.getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(
            pair.substring(0, equals),
            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return query;
  }
}
