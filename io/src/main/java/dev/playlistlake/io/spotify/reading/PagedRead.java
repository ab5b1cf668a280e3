package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.Paged;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads pages that share no version: a page that contradicts the others shows an edit in between.
 * The read is then torn, and its plan may start it over twice (decision 8). A page that is merely
 * short is continued from its end.
 *
 * @param <P> a page
 */
final class PagedRead<P extends Paged> {
  private static final int MOST_RESTARTS = 2;

  private final RequestQueue queue;
  private final PageRequests requests;
  private final TreeMap<Integer, P> pages = new TreeMap<>();
  private State state = new NotStarted();
  private int tears;

  /** How this plan requests pages. */
  interface PageRequests {
    ApiRequest page(int offset, int limit);

    /**
     * The rest of a short page.
     *
     * @param limit how many entries of the page are missing
     * @param total of all pages
     */
    default ApiRequest rest(int offset, int limit, int total) {
      return page(offset, limit);
    }
  }

  private sealed interface State {}

  /** There is no valid first page. */
  private record NotStarted() implements State {}

  /** All pages so far state this total. */
  private record Reading(int total) implements State {}

  /** Pages contradict each other; those in flight are ignored. */
  private record Torn() implements State {}

  /** The pages so far count, and no more are taken. */
  private record Closed() implements State {}

  /**
   * A read.
   *
   * @param queue gets the requests for pages
   */
  PagedRead(RequestQueue queue, PageRequests requests) {
    this.queue = queue;
    this.requests = requests;
  }

  /** Begins a pass with its first page. */
  void start(P first) {
    reset();
    pages.put(0, first);
    state = new Reading(first.total());
  }

  /** Forgets all pages. */
  void reset() {
    pages.clear();
    state = new NotStarted();
  }

  /** Requests all pages from an offset to the total, in parallel. */
  void requestPages(int from, int size) {
    for (int offset = from; state instanceof Reading reading && offset < reading.total(); ) {
      queue.add(requests.page(offset, size));
      offset += size;
    }
  }

  /** Takes a page, if the pass that requested it is still current. */
  void take(int offset, int limit, P page) {
    if (!(state instanceof Reading reading)) {
      return;
    }
    int end = offset + page.count();
    boolean isShort = page.count() < limit && end < reading.total();
    if (page.total() != reading.total() || (isShort && page.count() == 0)) {
      tear();
      return;
    }
    pages.put(offset, page);
    if (isShort) {
      queue.add(requests.rest(end, limit - page.count(), reading.total()));
    }
  }

  /** Marks the read as torn: pages not yet requested are dropped. */
  void tear() {
    state = new Torn();
    tears++;
    queue.clear();
  }

  /** Forgets the pages from before the read was torn. */
  void forgetPages() {
    pages.clear();
  }

  /** Takes no more pages. */
  void close() {
    state = new Closed();
  }

  boolean isStarted() {
    return !(state instanceof NotStarted);
  }

  boolean isReading() {
    return state instanceof Reading;
  }

  boolean isTorn() {
    return state instanceof Torn;
  }

  /** Whether a torn read may start over. */
  boolean mayRestart() {
    return tears <= MOST_RESTARTS;
  }

  /** Whether the pages cover everything up to the total, without a gap. */
  boolean isCovered() {
    if (!(state instanceof Reading reading)) {
      return false;
    }
    int covered = 0;
    for (Map.Entry<Integer, P> page : pages.entrySet()) {
      if (page.getKey() > covered) {
        return false;
      }
      covered = Math.max(covered, page.getKey() + page.getValue().count());
    }
    return covered >= reading.total();
  }

  /** The pages that count, in their order. */
  Collection<P> pages() {
    return pages.values();
  }
}
