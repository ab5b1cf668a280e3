package dev.playlistlake.io.spotify.forecast;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run's requests for details.
 *
 * @param albums albums that items name
 * @param artists artists that songs and albums name
 * @param albumsToAsk albums without a fresh detail, if the run fetches albums
 * @param artistsToAsk artists without a fresh detail, if the run fetches artists
 * @param requests for all of them
 * @param byFamily the same by family of endpoints
 * @param batches whether this app may send batch requests; null if unknown
 * @param evidence how {@code batches} is known
 */
public record DetailForecast(
    Range albums,
    Range artists,
    Range albumsToAsk,
    Range artistsToAsk,
    Range requests,
    Map<String, Range> byFamily,
    @Nullable Boolean batches,
    Evidence evidence) {

  /** How the forecast knows whether this app may send batch requests. */
  public enum Evidence {
    STORED_ANSWERS("this day's stored answers tell"),
    LAST_RUN("the last run was told"),
    DIALECT("the form of the first answers tells"),
    DETAILS_IN_LAKE("the lake has details"),
    NONE("nothing tells");

    private final String words;

    Evidence(String words) {
      this.words = words;
    }

    /** The evidence as a clause for the user. */
    public String words() {
      return words;
    }
  }
}
