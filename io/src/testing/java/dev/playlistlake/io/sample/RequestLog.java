package dev.playlistlake.io.sample;

import java.util.ArrayList;
import java.util.List;

/** All requests in order of arrival, and the most in flight at once. */
final class RequestLog {

  /** One request's entry in the log. */
  static final class Entry {
    private LoggedRequest request;

    private Entry(LoggedRequest request) {
      this.request = request;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private int inFlight;
  private int mostInFlight;

  synchronized Entry arrived(LoggedRequest request) {
    Entry entry = new Entry(request);
    entries.add(entry);
    if (!request.isOfAccounts()) {
      inFlight++;
      mostInFlight = Math.max(mostInFlight, inFlight);
    }
    return entry;
  }

  /** Call this before the client can see the response: its next request must not overlap. */
  synchronized void answered(Entry entry, int status) {
    entry.request = entry.request.answered(status);
    if (!entry.request.isOfAccounts()) {
      inFlight--;
    }
  }

  synchronized List<LoggedRequest> requests() {
    return entries.stream().map(entry -> entry.request).toList();
  }

  synchronized int mostInFlight() {
    return mostInFlight;
  }

  synchronized void clear() {
    entries.clear();
    mostInFlight = inFlight;
  }
}
