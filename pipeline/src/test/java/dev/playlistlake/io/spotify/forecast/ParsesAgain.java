package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.spotify.parse.SendsRequests;
import java.util.List;

/** An offender: goes in a circle with parsing. */
public record ParsesAgain(List<SendsRequests> requests) {
  public ParsesAgain {
    requests = List.copyOf(requests);
  }

  /** The settings of the first. */
  public SendsRequests first() {
    return requests.get(0);
  }
}
