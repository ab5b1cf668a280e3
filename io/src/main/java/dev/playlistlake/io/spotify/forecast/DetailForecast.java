package dev.playlistlake.io.spotify.forecast;

import org.jspecify.annotations.Nullable;

/**
 * What a run would ask for details.
 *
 * @param albums that items name
 * @param artists that songs and albums name
 * @param albumsToAsk albums that lack a fresh detail and are wanted
 * @param artistsToAsk artists of the same kind
 * @param requests for all of them
 * @param batches whether this app may ask in batches; null where nobody knows
 * @param evidence what that rests on
 */
public record DetailForecast(
    Range albums,
    Range artists,
    Range albumsToAsk,
    Range artistsToAsk,
    Range requests,
    @Nullable Boolean batches,
    Evidence evidence) {

  /** How it is known whether this app may ask in batches. */
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

    /** As a clause. */
    public String words() {
      return words;
    }
  }
}
