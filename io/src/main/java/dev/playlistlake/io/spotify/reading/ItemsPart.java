package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import org.jspecify.annotations.Nullable;

/**
 * Which items a request asks for that asks for nothing else.
 *
 * @param route the dialect
 */
public record ItemsPart(ItemsRoute route, int offset, int limit) {

  /** Null for a request whose answer tells of the playlist itself. */
  public static @Nullable ItemsPart of(ApiRequest request) {
    if (request instanceof ApiRequest.ItemsPage page) {
      return new ItemsPart(page.route(), page.offset(), page.limit());
    }
    return request instanceof ApiRequest.LikedPage page && page.offset() > 0
        ? new ItemsPart(ItemsRoute.TRACKS, page.offset(), page.limit())
        : null;
  }
}
