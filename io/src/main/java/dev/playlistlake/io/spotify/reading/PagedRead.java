package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.NextPage;
import dev.playlistlake.io.spotify.api.Page;
import dev.playlistlake.io.spotify.api.Paged;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages that share no version, in passes of one request for each page. Pages are planned from
 * the total and fetched in parallel; what a page says about the next one corrects the plan.
 *
 * <p>A page with another total shows an edit in between: the pass is torn, and its plan may start
 * over twice (decision 8). A pass that is whole but odd, such as one with fewer entries than the
 * total, counts if the next pass is the same (decision 33).
 *
 * @param <P> a page
 */
final class PagedRead<P extends Paged> {
  private static final int MOST_RESTARTS = 2;

  private final RequestQueue queue;
  private final PageRequests requests;
  private final boolean isUnique;
  private final TreeMap<Integer, P> pages = new TreeMap<>();
  private final Map<Integer, Integer> ends = new TreeMap<>();
  private State state = new NotStarted();
  private @Nullable List<Object> lastPass;
  private boolean isDoubted;
  private int restarts;

  /** How this plan requests pages. */
  interface PageRequests {
    ApiRequest page(int offset, int limit);
  }

  /** What a pass amounts to. */
  enum PassEnd {
    /** It counts by itself. */
    SOUND,
    /** It counts because the pass before was the same. */
    REPEATED,
    /** It counts if the next one is the same. */
    ODD,
    /** It does not count. */
    TORN
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
   * @param isUnique whether no entry can be there twice: one that is shows that pages overlap
   */
  PagedRead(RequestQueue queue, PageRequests requests, boolean isUnique) {
    this.queue = queue;
    this.requests = requests;
    this.isUnique = isUnique;
  }

  /** Begins a pass with its first page. */
  void start(P first) {
    reset();
    state = new Reading(first.total());
    put(0, first);
  }

  /** Forgets all pages. */
  void reset() {
    pages.clear();
    ends.clear();
    state = new NotStarted();
  }

  /**
   * Requests all pages after the first one, in parallel.
   *
   * @param size of a page
   * @param firstSize how many entries the first page may hold
   */
  void requestPages(int size, int firstSize) {
    int from = ends.getOrDefault(0, 0);
    if (restarts > 0 && state instanceof Reading reading && from >= reading.total()) {
      // The first page says that it is the last one. If the total says otherwise, ask there too.
      from = firstSize;
    }
    for (int offset = from; state instanceof Reading now && offset < now.total(); offset += size) {
      queue.add(requests.page(offset, size));
    }
  }

  /** Takes a page, if the pass that requested it is still current. */
  void take(int offset, int limit, P page) {
    if (!(state instanceof Reading reading)) {
      return;
    }
    if (page.total() != reading.total()) {
      tear();
      return;
    }
    int end = put(offset, page);
    int planned = Math.min(offset + limit, reading.total());
    if (end == offset) {
      tear();
    } else if (end < planned) {
      queue.add(requests.page(end, planned - end));
    }
  }

  /** Keeps a page; returns how many entries are before the next one. */
  private int put(int offset, P page) {
    NextPage next = page.next();
    int received = offset + page.count();
    int end = received;
    if (next != null && next.offset() == null) {
      // The last page: whatever the total counts beyond it, no page shows.
      end = Math.max(received, state instanceof Reading reading ? reading.total() : 0);
    } else if (next != null && next.offset() != null && next.offset() > offset) {
      // Withdrawn entries count in offsets and totals, but pages omit them.
      end = Math.max(received, next.offset());
    }
    pages.put(offset, page);
    ends.put(offset, end);
    return end;
  }

  /** Marks the pass as torn: pages not yet requested are dropped. */
  void tear() {
    state = new Torn();
    lastPass = null;
    restart();
    queue.clear();
  }

  /** Counts a pass that the next one starts over. */
  void restart() {
    restarts++;
  }

  /** Forgets the pages from before the pass was torn. */
  void forgetPages() {
    pages.clear();
    ends.clear();
  }

  /** Takes no more pages. */
  void close() {
    state = new Closed();
  }

  /** From now on every pass needs another one that is the same. */
  void doubt() {
    isDoubted = true;
  }

  boolean isDoubted() {
    return isDoubted;
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

  /** Whether the plan may start over once more. */
  boolean mayRestart() {
    return restarts <= MOST_RESTARTS;
  }

  /** Whether the pages reach from the first entry to the last. */
  boolean isCovered() {
    if (!(state instanceof Reading reading)) {
      return false;
    }
    int covered = 0;
    for (Map.Entry<Integer, Integer> page : ends.entrySet()) {
      if (page.getKey() > covered) {
        return false;
      }
      covered = Math.max(covered, page.getValue());
    }
    return covered >= reading.total();
  }

  /** Whether a whole pass counts by itself. */
  boolean isSound() {
    List<Object> entries = entries();
    return !isDoubted
        && state instanceof Reading reading
        && entries.size() == reading.total()
        && !(isUnique && overlaps(entries));
  }

  private static boolean overlaps(List<Object> entries) {
    Set<Object> known = new HashSet<>();
    return entries.stream().filter(entry -> !isBlank(entry)).anyMatch(entry -> !known.add(entry));
  }

  /** Entries that hold nothing are all alike. */
  private static boolean isBlank(Object entry) {
    return entry.equals(0L) || entry.equals("");
  }

  /**
   * Ends a pass, once nothing is in flight.
   *
   * @param isOdd whether it does not count by itself for a reason that only the plan knows
   */
  PassEnd endPass(boolean isOdd) {
    if (state instanceof Reading && !isCovered()) {
      tear();
    }
    if (isTorn()) {
      return PassEnd.TORN;
    } else if (isSound() && !isOdd) {
      return PassEnd.SOUND;
    }
    List<Object> entries = entries();
    boolean isSame = entries.equals(lastPass);
    lastPass = entries;
    if (isSame) {
      return PassEnd.REPEATED;
    }
    restart();
    return PassEnd.ODD;
  }

  private List<Object> entries() {
    return Page.inOrder(pages, Paged::prints);
  }

  /** The pages that count, by the number of entries before them. */
  TreeMap<Integer, P> pages() {
    return pages;
  }
}
