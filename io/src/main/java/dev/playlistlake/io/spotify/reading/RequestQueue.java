package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.spotify.api.ApiRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests of one plan: those that can be sent, and how many are in flight. A replay sends none
 * and reports only what is done.
 */
final class RequestQueue {
  private List<ApiRequest> toSend = new ArrayList<>();
  private int inFlight;
  private boolean closed;

  /** Adds a request, unless the queue is closed. */
  void add(ApiRequest request) {
    if (!closed) {
      toSend.add(request);
    }
  }

  /** Requests to send now; from here on they are in flight. */
  List<ApiRequest> next() {
    List<ApiRequest> now = toSend;
    toSend = new ArrayList<>();
    inFlight += now.size();
    return now;
  }

  /** A request in flight has its outcome, or is dropped. */
  void done() {
    inFlight = Math.max(0, inFlight - 1);
  }

  /** Forgets the requests that are not in flight yet. */
  void clear() {
    toSend.clear();
  }

  /** The same, and takes no more. */
  void close() {
    clear();
    closed = true;
  }

  boolean hasInFlight() {
    return inFlight > 0;
  }

  /** Whether there is nothing to send and nothing in flight. */
  boolean isIdle() {
    return inFlight == 0 && toSend.isEmpty();
  }
}
