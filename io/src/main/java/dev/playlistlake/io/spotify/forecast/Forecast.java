package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.FetchReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The requests of a run and what they would yield (decision 23).
 *
 * @param list the list of playlists, with words such as {@code me} resolved
 * @param libraryRequests requests to resolve them
 * @param userRequests those of them that are for the user
 * @param playlists an outlook per playlist of the list, in its order
 * @param details requests for albums and artists
 * @param report of the requests sent for this forecast
 * @param took how long those requests took
 */
public record Forecast(
    List<ListEntry> list,
    int libraryRequests,
    int userRequests,
    List<PlaylistOutlook> playlists,
    DetailForecast details,
    FetchReport report,
    Duration took) {
  /** The most items in a first response, {@code GET /v1/playlists/{id}}. */
  public static final int FIRST_ITEMS = ItemsRoute.FIRST_ITEMS;

  public Forecast {
    list = List.copyOf(list);
    playlists = List.copyOf(playlists);
  }

  /** All requests for playlists. */
  public Range playlistRequests() {
    return playlists.stream().map(PlaylistOutlook::requests).reduce(Range.exactly(0), Range::plus);
  }

  /** All requests by family of endpoints: each has a quota of its own (decision 32). */
  public Map<String, Range> byFamily() {
    Map<String, Range> families = new LinkedHashMap<>();
    add(families, new ApiRequest.User().family(), Range.exactly(userRequests));
    add(
        families,
        new ApiRequest.LibraryPage(0, 1).family(),
        Range.exactly(libraryRequests - userRequests));
    for (PlaylistOutlook playlist : playlists) {
      new TreeMap<>(playlist.byFamily()).forEach((family, more) -> add(families, family, more));
    }
    details.byFamily().forEach((family, more) -> add(families, family, more));
    return families;
  }

  private static void add(Map<String, Range> families, String family, Range more) {
    if (!more.equals(Range.exactly(0))) {
      families.merge(family, more, Range::plus);
    }
  }
}
