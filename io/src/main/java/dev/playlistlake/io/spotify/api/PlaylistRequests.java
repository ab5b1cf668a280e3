package dev.playlistlake.io.spotify.api;

import dev.playlistlake.model.LikedSongs;
import org.jspecify.annotations.Nullable;

/** The requests that read one playlist or a user's Liked Songs, which have their own endpoints. */
public record PlaylistRequests(String playlistId) {

  public boolean isLiked() {
    return LikedSongs.isId(playlistId);
  }

  /** The request whose response contains the playlist itself. */
  public ApiRequest first() {
    return isLiked()
        ? new ApiRequest.LikedPage(0, ApiRequest.LikedPage.SIZE)
        : new ApiRequest.FirstAnswer(playlistId);
  }

  /** A request for items only. */
  public ApiRequest page(ItemsRoute route, int offset, int limit) {
    return isLiked()
        ? new ApiRequest.LikedPage(offset, limit)
        : new ApiRequest.ItemsPage(playlistId, route, offset, limit);
  }

  public int pageSize(ItemsRoute route) {
    return isLiked() ? ApiRequest.LikedPage.SIZE : route.pageSize();
  }

  /** The request as one for items only; null if its response contains the playlist itself. */
  public static ApiRequest.@Nullable PageRequest itemsPage(ApiRequest request) {
    return request instanceof ApiRequest.PageRequest page
            && (page instanceof ApiRequest.ItemsPage || page.offset() > 0)
        ? page
        : null;
  }
}
