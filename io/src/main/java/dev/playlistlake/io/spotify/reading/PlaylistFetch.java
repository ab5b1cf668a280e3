package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Page;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.api.PlaylistRequests;
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.io.spotify.api.SpotifyIds;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads one playlist with the fewest requests: the first response, whose items are used; the pages
 * after them, in parallel; then the first request again, to verify that nothing changed meanwhile.
 * A read that is torn by an edit starts over with the response that showed it (decision 8).
 *
 * <p>Fed with stored attempts in their order, it yields the same items: fetch and replay are one
 * piece of code (decision 7).
 */
public final class PlaylistFetch extends QueuedFetch {
  private final PlaylistRequests requests;
  private final PlaylistJson json;
  private final @Nullable PreviousPlaylist carryable;
  private final PagedRead<Page> read;
  private PlaylistJson.@Nullable First first;
  private @Nullable Instant completeAt;

  private PlaylistFetch(
      String playlistId, boolean withSlots, @Nullable PreviousPlaylist carryable) {
    this.requests = new PlaylistRequests(playlistId);
    this.json = new PlaylistJson(playlistId, withSlots);
    this.carryable = carryable;
    this.read =
        new PagedRead<>(
            queue,
            (offset, limit) -> requests.page(Objects.requireNonNull(route()), offset, limit));
    queue.add(requests.first());
  }

  /**
   * A playlist to fetch: items are counted and compared, not kept.
   *
   * @param carryable an earlier state, young enough to stand for what the first response omits if
   *     nothing has changed; null if the items must be read in any case
   */
  public static PlaylistFetch fetching(String playlistId, @Nullable PreviousPlaylist carryable) {
    return new PlaylistFetch(playlistId, false, carryable);
  }

  /** The same with items kept, for a caller that fetches the first response only. */
  public static PlaylistFetch fetchingWithSlots(
      String playlistId, @Nullable PreviousPlaylist carryable) {
    return new PlaylistFetch(playlistId, true, carryable);
  }

  /** A playlist that only the listing of a library shows: unchanged, or withheld from this app. */
  static PlaylistFetch listed(PlaylistJson.First listed, FetchState state) {
    PlaylistFetch fetch = new PlaylistFetch(listed.playlist().playlistId(), false, null);
    fetch.first = listed;
    fetch.state = state;
    return fetch;
  }

  /** A playlist from its stored responses. */
  public static PlaylistFetch replaying(String playlistId, RawObject stored) {
    return replaying(playlistId, stored, true);
  }

  /** The same without its items. */
  public static PlaylistFetch replayingWithoutSlots(String playlistId, RawObject stored) {
    return replaying(playlistId, stored, false);
  }

  private static PlaylistFetch replaying(String playlistId, RawObject stored, boolean withSlots) {
    PlaylistFetch fetch = new PlaylistFetch(playlistId, withSlots, null);
    stored.attempts().forEach(attempt -> ResponseOutcome.replay(fetch, attempt));
    fetch.state = new FetchState.Ended(stored.outcome(), stored.reason());
    return fetch;
  }

  @Override
  public String name() {
    return requests.playlistId();
  }

  @Override
  public List<ApiRequest> atTheEnd() {
    if (!state.equals(new FetchState.Missing(false))) {
      return List.of();
    }
    state = new FetchState.Missing(true);
    queue.add(requests.first());
    return queue.next();
  }

  @Override
  public boolean dropIfObsolete(ApiRequest request) {
    boolean obsolete =
        PlaylistRequests.itemsPage(request) != null && (read.isTorn() || state.isFinal());
    if (obsolete) {
      queue.done();
      proceed();
    }
    return obsolete;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt response) throws MalformedResponseException {
    return json.read(
        request, Objects.requireNonNullElse(response.body(), ""), response.fetchedAt());
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt response, Parsed parsed) {
    queue.done();
    ApiRequest.PageRequest requested = PlaylistRequests.itemsPage(request);
    if (parsed instanceof PlaylistJson.First look) {
      look(look, response.fetchedAt());
    } else if (parsed instanceof Page page && requested != null) {
      read.take(requested.offset(), requested.limit(), page);
      endIfTornTooOften();
    }
    proceed();
  }

  private void look(PlaylistJson.First look, Instant at) {
    if (state instanceof FetchState.Missing) {
      // It exists: the earlier 404 no longer counts.
      state = new FetchState.Fetching();
    }
    PlaylistJson.First before = first;
    if (before != null && read.isCovered()) {
      if (before.hasSameItemsAs(look)) {
        completeAt = at;
        close(RawOutcome.COMPLETE, null);
        return;
      }
      read.tear();
      endIfTornTooOften();
    }
    if (!state.isFinal()) {
      start(look, at);
    }
  }

  private void start(PlaylistJson.First look, Instant at) {
    first = look;
    Page page = look.page();
    ItemsRoute route = look.route();
    if (page == null || route == null) {
      read.reset();
      close(RawOutcome.METADATA_ONLY, Reason.NOT_READABLE_BY_THIS_APP);
      return;
    }
    read.start(page);
    if (page.count() >= page.total()) {
      completeAt = at;
      close(RawOutcome.COMPLETE, null);
    } else if (carryable != null && carryable.holdsFor(look.version(), page.total())) {
      close(RawOutcome.UNCHANGED, null);
    } else {
      read.requestPages(page.count(), requests.pageSize(route));
    }
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    queue.done();
    if (PlaylistRequests.itemsPage(request) != null) {
      pageRefused(why);
    } else if (Reason.NOT_FOUND.equals(why)) {
      missing();
    } else if (Reason.FORBIDDEN.equals(why)) {
      // Not final for Liked Songs: the user may grant access today.
      RawOutcome nothing = requests.isLiked() ? RawOutcome.NONE : RawOutcome.REJECTED;
      close(first == null ? nothing : RawOutcome.PARTIAL, Reason.FORBIDDEN);
    } else {
      close(whatCame(), Reason.MALFORMED_ANSWER);
    }
    proceed();
  }

  private void missing() {
    if (SpotifyIds.isSpotifysOwn(name())) {
      close(RawOutcome.REJECTED, Reason.NOT_READABLE_BY_THIS_APP);
    } else if (state instanceof FetchState.Missing) {
      close(RawOutcome.REJECTED, Reason.NOT_FOUND);
    } else if (!state.isFinal()) {
      // Existing playlists return single 404s: only a second one, at the end, counts.
      state = new FetchState.Missing(false);
    }
  }

  private void pageRefused(Reason why) {
    PlaylistJson.First shown = first;
    boolean nothingShown = shown == null || shown.page() == null || shown.page().count() == 0;
    if (Reason.NOT_FOUND.equals(why)) {
      // The playlist may be gone: the next first request shows. Pages in flight repeat it.
      if (!read.isTorn()) {
        read.tear();
        endIfTornTooOften();
      }
    } else if (Reason.FORBIDDEN.equals(why)) {
      close(
          nothingShown ? RawOutcome.METADATA_ONLY : RawOutcome.PARTIAL,
          Reason.NOT_READABLE_BY_THIS_APP);
    } else {
      close(whatCame(), Reason.MALFORMED_ANSWER);
    }
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    queue.done();
    // The read stays open: pages in flight are stored when they arrive, so they count.
    end(whatCame(), why);
  }

  private RawOutcome whatCame() {
    return first == null ? RawOutcome.NONE : RawOutcome.PARTIAL;
  }

  private void endIfTornTooOften() {
    if (read.isTorn() && !read.mayRestart()) {
      end(RawOutcome.PARTIAL, Reason.TORN_READ);
    }
  }

  /** Ends the fetch; pages in flight no longer count. */
  private void close(RawOutcome outcome, @Nullable Reason why) {
    read.close();
    end(outcome, why);
  }

  /** After a pass, sends the first request again: to verify the pass, or to start over. */
  private void proceed() {
    boolean passIsOver = first != null && state instanceof FetchState.Fetching && queue.isIdle();
    if (passIsOver && (read.isTorn() || read.isCovered())) {
      queue.add(requests.first());
    }
  }

  /** Metadata of the last first response that counts; null if there was none. */
  public @Nullable Playlist playlist() {
    return first == null ? null : first.playlist();
  }

  /** The dialect of that response; null if it contained no items. */
  public @Nullable ItemsRoute route() {
    return first == null ? null : first.route();
  }

  /** How many items there are, according to Spotify; null if the response has no total. */
  public @Nullable Integer totalCount() {
    return first == null ? null : first.total();
  }

  /** Whether only the listing of a library contains it. */
  public boolean isListedOnly() {
    return state instanceof FetchState.Listed;
  }

  /** Whether such a day before holds the items that these responses omit. */
  public boolean dependsOn(@Nullable PreviousPlaylist before) {
    return before != null && first != null && before.holdsFor(first.version(), totalCount());
  }

  /** Whether its version is that of the day before, whether or not that day holds the items. */
  boolean isSameAs(PreviousPlaylist before) {
    return first != null && before.isVersion(first.version());
  }

  /** When the last item, or the proof that nothing changed, arrived; null unless complete. */
  public @Nullable Instant completeAt() {
    return completeAt;
  }

  /** The items read, by position; a page with more items than requested is cut. */
  public List<PlaylistSlot> slots() {
    return Page.slotsOf(read.pages());
  }
}
