package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import dev.playlistlake.io.spotify.api.Page;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.api.PlaylistRequests;
import dev.playlistlake.io.spotify.api.SpotifyIds;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one playlist with the fewest requests: the first response, whose items are used; the pages
 * after them, in parallel; then the first request again, to verify that nothing changed meanwhile.
 * A read that is torn by an edit starts over with the response that showed it (decision 8). A read
 * that contradicts itself or the day before counts only if the next one is the same (decision 33).
 *
 * <p>Fed with stored attempts in their order, it yields the same items: fetch and replay are one
 * piece of code (decision 7).
 */
abstract class PlaylistPasses extends QueuedFetch {
  /** How many first responses in a row may be empty before the playlist is left as it was. */
  private static final int MOST_EMPTY = 3;

  final PagedRead<Page> read;
  PlaylistJson.@Nullable First first;
  @Nullable Instant completeAt;

  final PlaylistRequests requests;
  private final DayBeforeEvidence evidence;
  private final PageDialect dialect = new PageDialect();
  private @Nullable Instant lastResponseAt;
  private int emptyResponses;
  private boolean isReplay;

  PlaylistPasses(String playlistId, DayBeforeEvidence evidence) {
    this.requests = new PlaylistRequests(playlistId);
    this.evidence = evidence;
    this.read =
        new PagedRead<>(
            queue,
            (offset, limit) -> requests.page(dialect.current(), offset, limit),
            requests.isLiked());
    queue.add(requests.first());
  }

  /** Follows stored attempts, and ends as they did. */
  void replay(RawObject stored) {
    isReplay = true;
    if (stored.attempts().stream().allMatch(attempt -> attempt.role() == null)) {
      // Earlier versions did not change the dialect.
      dialect.keep();
    }
    ResponseOutcome.replay(this, stored.attempts());
    if (stored.outcome() == RawOutcome.COMPLETE && completeAt == null) {
      // By two passes that were the same.
      completeAt = lastResponseAt;
    }
    state = new FetchState.Ended(stored.outcome(), stored.reason());
  }

  @Override
  public RawAttempt.Role role(ApiRequest request) {
    if (PlaylistRequests.itemsPage(request) != null) {
      return RawAttempt.Role.PAGE;
    } else if (first == null && state instanceof FetchState.Fetching) {
      return RawAttempt.Role.FIRST;
    }
    return read.isCovered() && read.isSound() && first != null && emptyResponses == 0
        ? RawAttempt.Role.CONFIRM
        : RawAttempt.Role.AGAIN;
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
        PlaylistRequests.itemsPage(request) != null
            && (read.isTorn() || state.isFinal() || !dialect.isOf(request));
    if (obsolete) {
      queue.done();
      proceed();
    }
    return obsolete;
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt response, Parsed parsed) {
    queue.done();
    lastResponseAt = response.fetchedAt();
    ApiRequest.PageRequest requested = PlaylistRequests.itemsPage(request);
    if (parsed instanceof PlaylistJson.First look) {
      look(look, response);
    } else if (parsed instanceof Page page && requested != null && dialect.isOf(request)) {
      dialect.works();
      read.take(requested.offset(), requested.limit(), page);
      endIfTornTooOften();
    }
    proceed();
  }

  private void look(PlaylistJson.First look, RawAttempt response) {
    Instant at = response.fetchedAt();
    boolean isAgain = response.role() == RawAttempt.Role.AGAIN;
    boolean isMissing = state instanceof FetchState.Missing;
    if (isReplay && isAgain && !isMissing && emptyResponses == 0 && read.isCovered()) {
      // A live run counts an odd pass when it ends, with nothing in flight.
      read.restart();
    }
    if (isMissing || (isAgain && state.isFinal())) {
      // It exists, so an earlier 404 no longer counts; or it is another pass of a replay, for a
      // reason that only the live run knew.
      state = new FetchState.Fetching();
    }
    PlaylistJson.First before = first;
    if (before != null && read.isCovered() && !isAgain) {
      // Responses of earlier versions count as they did then: the snapshot_id was proof enough.
      boolean isOld = response.role() == null && before.hasSameSnapshotAs(look);
      if (isOld || before.hasSameItemsAs(look)) {
        completeAt = at;
        close(RawOutcome.COMPLETE, null);
        return;
      } else if (before.hasSameSnapshotAs(look)) {
        read.doubt();
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
    completeAt = null;
    Page page = look.page();
    ItemsRoute route = look.route();
    if (page == null || route == null) {
      read.reset();
      close(RawOutcome.METADATA_ONLY, Reason.NOT_READABLE_BY_THIS_APP);
      return;
    }
    dialect.shown(route);
    read.start(page);
    if (evidence.makesEmpty(look, page)) {
      emptyAgain(page);
      return;
    }
    emptyResponses = 0;
    if (evidence.contradicts(look, page)) {
      read.doubt();
    }
    if (read.isCovered() && read.isSound()) {
      completeAt = at;
      close(RawOutcome.COMPLETE, null);
    } else if (evidence.isUnchanged(look, page)) {
      close(RawOutcome.UNCHANGED, null);
    } else {
      requestPages(page);
    }
  }

  private void requestPages(Page page) {
    int firstSize =
        page.limit() > 0
            ? page.limit()
            : requests.isLiked() ? ApiRequest.LikedPage.SIZE : ItemsRoute.FIRST_ITEMS;
    read.requestPages(requests.pageSize(dialect.current()), Math.max(firstSize, page.count()));
  }

  /** Never an empty playlist at first sight: asks again, with pauses. */
  private void emptyAgain(Page page) {
    emptyResponses++;
    if (emptyResponses < MOST_EMPTY) {
      queue.add(requests.first());
    } else if (requests.isLiked() && page.hasTotal() && page.total() == 0) {
      // Without a snapshot_id nothing says that the songs are still there.
      completeAt = lastResponseAt;
      close(RawOutcome.COMPLETE, null);
    } else {
      close(RawOutcome.PARTIAL, Reason.CONTRADICTORY_RESPONSE);
    }
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    queue.done();
    if (PlaylistRequests.itemsPage(request) != null) {
      if (dialect.isOf(request)) {
        pageRefused(why);
      }
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
    Page page = shown == null ? null : shown.page();
    boolean isAboutAccess = Reason.FORBIDDEN.equals(why) || Reason.NOT_FOUND.equals(why);
    if (page != null && isAboutAccess && !requests.isLiked() && dialect.maySwitch()) {
      // Some apps see the first page in one dialect, and the others only in the other one.
      dialect.switchOver();
      queue.clear();
      read.start(page);
      requestPages(page);
    } else if (Reason.NOT_FOUND.equals(why)) {
      // The playlist may be gone: the next first request shows. Pages in flight repeat it.
      if (!read.isTorn()) {
        read.tear();
        endIfTornTooOften();
      }
    } else if (Reason.FORBIDDEN.equals(why)) {
      close(
          page == null || page.count() == 0 ? RawOutcome.METADATA_ONLY : RawOutcome.PARTIAL,
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
    if (!read.mayRestart()) {
      end(RawOutcome.PARTIAL, read.isDoubted() ? Reason.CONTRADICTORY_RESPONSE : Reason.TORN_READ);
    }
  }

  /** Ends the fetch; pages in flight no longer count. */
  private void close(RawOutcome outcome, @Nullable Reason why) {
    read.close();
    end(outcome, why);
  }

  /** After a pass, sends the first request again: to verify the pass, or to start over. */
  private void proceed() {
    if (first == null || !(state instanceof FetchState.Fetching) || !queue.isIdle()) {
      return;
    }
    PagedRead.PassEnd end = read.endPass(/* isOdd= */ false);
    if (end == PagedRead.PassEnd.REPEATED) {
      completeAt = lastResponseAt;
      close(RawOutcome.COMPLETE, null);
      return;
    }
    endIfTornTooOften();
    queue.add(requests.first());
  }
}
