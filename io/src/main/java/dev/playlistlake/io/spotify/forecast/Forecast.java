package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.spotify.api.ItemsRoute;
import dev.playlistlake.model.FetchReport;
import dev.playlistlake.model.ListEntry;
import java.time.Duration;
import java.util.List;

/**
 * What a run would ask, and what it would get.
 *
 * @param list the list, its words replaced by what they mean
 * @param libraryRequests what it takes to replace them
 * @param playlists an outlook for each of the list, in its order
 * @param details of albums and artists
 * @param report how the asking for the forecast went
 * @param took how long that asking took
 */
public record Forecast(
    List<ListEntry> list,
    int libraryRequests,
    List<PlaylistOutlook> playlists,
    DetailForecast details,
    FetchReport report,
    Duration took) {
  /** How many items a first answer holds at most, as Spotify has it. */
  public static final int FIRST_ITEMS = ItemsRoute.FIRST_ITEMS;

  public Forecast {
    list = List.copyOf(list);
    playlists = List.copyOf(playlists);
  }

  /** Requests for playlists, all kinds. */
  public Range playlistRequests() {
    return playlists.stream().map(PlaylistOutlook::requests).reduce(Range.exactly(0), Range::plus);
  }
}
