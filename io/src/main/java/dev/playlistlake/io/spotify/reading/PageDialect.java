package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ItemsRoute;

/**
 * In which dialect a playlist's pages are requested: that of its first response; the other one if
 * Spotify refuses all pages of the first.
 */
final class PageDialect {
  private ItemsRoute current = ItemsRoute.TRACKS;
  private boolean isSwitched;
  private boolean hasWorked;

  ItemsRoute current() {
    return current;
  }

  /** Takes the dialect of a first response. */
  void shown(ItemsRoute route) {
    current = isSwitched ? other(route) : route;
  }

  /** A page has arrived. */
  void works() {
    hasWorked = true;
  }

  /** Whether a refused page may be requested in the other dialect: only once. */
  boolean maySwitch() {
    return !isSwitched && !hasWorked;
  }

  /** Never changes it. */
  void keep() {
    hasWorked = true;
  }

  void switchOver() {
    isSwitched = true;
    current = other(current);
  }

  /** Whether a request for a page is one in this dialect. */
  boolean isOf(ApiRequest request) {
    return !(request instanceof ApiRequest.ItemsPage page) || page.route() == current;
  }

  private static ItemsRoute other(ItemsRoute route) {
    return route == ItemsRoute.TRACKS ? ItemsRoute.ITEMS : ItemsRoute.TRACKS;
  }
}
