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
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PreviousPlaylist;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads one playlist with the fewest requests: the first answer, whose items are used; the pages
 * behind them, side by side; then the first answer again, to know that nothing moved meanwhile. A
 * read that is torn by an edit starts over, at most twice; the look that found the tear is the new
 * start.
 *
 * <p>Fed with stored attempts in their order it comes to the same items: asking and replaying are
 * one piece of code.
 */
public final class PlaylistFetch implements FetchPlan {
  private static final int MOST_RESTARTS = 2;
  private static final String SPOTIFYS_OWN = "37i9dQ";

  private final String playlistId;
  private final boolean liked;
  private final PlaylistJson json;
  private final @Nullable PreviousPlaylist carryable;
  private List<ApiRequest> toSend = new ArrayList<>();
  private int underWay;

  private PlaylistJson.@Nullable First first;
  private final TreeMap<Integer, Page> pages = new TreeMap<>();
  private boolean torn;
  private int tears;
  private boolean missedOnce;
  private boolean confirmationDue;
  private @Nullable Instant completeAt;
  private @Nullable RawOutcome ending;
  private @Nullable Reason reason;
  private boolean listedOnly;

  private PlaylistFetch(
      String playlistId, boolean withSlots, @Nullable PreviousPlaylist carryable) {
    this.playlistId = playlistId;
    this.liked = LikedSongs.isId(playlistId);
    this.json = new PlaylistJson(playlistId, withSlots);
    this.carryable = carryable;
  }

  /**
   * A playlist to be asked for: items are counted and compared, not kept.
   *
   * @param carryable an earlier reading, young enough to stand for what the first answer does not
   *     tell if nothing has changed; null where the items are to be read in any case
   */
  public static PlaylistFetch asking(String playlistId, @Nullable PreviousPlaylist carryable) {
    return asking(playlistId, carryable, false);
  }

  /** The same of one whose items are kept, for who asks no more than the first answer. */
  public static PlaylistFetch askingWithSlots(
      String playlistId, @Nullable PreviousPlaylist carryable) {
    return asking(playlistId, carryable, true);
  }

  private static PlaylistFetch asking(
      String playlistId, @Nullable PreviousPlaylist carryable, boolean withSlots) {
    PlaylistFetch reading = new PlaylistFetch(playlistId, withSlots, carryable);
    reading.toSend.add(reading.firstAnswer());
    return reading;
  }

  /** A playlist of which only the listing of a library tells, that it is as it was. */
  static PlaylistFetch listed(PlaylistJson.First listed) {
    PlaylistFetch reading = new PlaylistFetch(listed.playlist().playlistId(), false, null);
    reading.first = listed;
    reading.listedOnly = true;
    reading.ending = RawOutcome.UNCHANGED;
    return reading;
  }

  /** A playlist as its stored answers tell it. */
  public static PlaylistFetch replaying(String playlistId, RawObject stored) {
    return replaying(playlistId, stored, true);
  }

  /** What stored answers tell of a playlist but for its items. */
  public static PlaylistFetch replayingWithoutSlots(String playlistId, RawObject stored) {
    return replaying(playlistId, stored, false);
  }

  private static PlaylistFetch replaying(String playlistId, RawObject stored, boolean withSlots) {
    PlaylistFetch reading = new PlaylistFetch(playlistId, withSlots, null);
    stored.attempts().forEach(attempt -> ResponseOutcome.replay(reading, attempt));
    reading.confirmationDue = false;
    reading.ending = stored.outcome();
    reading.reason = stored.reason();
    return reading;
  }

  private ApiRequest firstAnswer() {
    return liked
        ? new ApiRequest.LikedPage(0, ApiRequest.LikedPage.SIZE)
        : new ApiRequest.FirstAnswer(playlistId);
  }

  private ApiRequest itemsPage(ItemsRoute route, int offset, int limit) {
    return liked
        ? new ApiRequest.LikedPage(offset, limit)
        : new ApiRequest.ItemsPage(playlistId, route, offset, limit);
  }

  @Override
  public String name() {
    return playlistId;
  }

  @Override
  public List<ApiRequest> next() {
    List<ApiRequest> now = toSend;
    toSend = new ArrayList<>();
    underWay += now.size();
    return now;
  }

  @Override
  public List<ApiRequest> atTheEnd() {
    if (!confirmationDue) {
      return List.of();
    }
    confirmationDue = false;
    underWay++;
    return List.of(firstAnswer());
  }

  @Override
  public boolean dropIfObsolete(ApiRequest request) {
    boolean obsolete = ItemsPart.of(request) != null && (torn || ending != null);
    if (obsolete) {
      underWay--;
      proceed();
    }
    return obsolete;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt answer) throws MalformedResponseException {
    String body = Objects.requireNonNullElse(answer.body(), "");
    ItemsPart part = ItemsPart.of(request);
    if (part != null) {
      return json.readPage(body, part.offset(), answer.fetchedAt());
    }
    return liked
        ? json.readLiked(body, answer.fetchedAt())
        : json.readFirst(body, answer.fetchedAt());
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt answer, Parsed parsed) {
    underWay--;
    ItemsPart part = ItemsPart.of(request);
    if (parsed instanceof PlaylistJson.First look) {
      look(look, answer.fetchedAt());
    } else if (parsed instanceof Page page && part != null) {
      page(part, page);
    }
    proceed();
  }

  private void look(PlaylistJson.First look, Instant at) {
    // It is there: whatever said otherwise before counts no more.
    missedOnce = false;
    PlaylistJson.First before = first;
    if (before != null && isCovered()) {
      if (isSame(before, look)) {
        completeAt = at;
        end(RawOutcome.COMPLETE, null);
        return;
      }
      tear();
    }
    if (ending == null) {
      start(look, at);
    }
  }

  private void start(PlaylistJson.First look, Instant at) {
    first = look;
    torn = false;
    pages.clear();
    Page page = look.page();
    ItemsRoute route = look.route();
    if (page == null || route == null) {
      end(RawOutcome.METADATA_ONLY, Reason.NOT_READABLE_BY_THIS_APP);
      return;
    }
    pages.put(0, page);
    if (page.count() >= page.total()) {
      completeAt = at;
      end(RawOutcome.COMPLETE, null);
      return;
    }
    if (carryable != null && carryable.holdsFor(look.version(), page.total())) {
      end(RawOutcome.UNCHANGED, null);
      return;
    }
    int pageSize = liked ? ApiRequest.LikedPage.SIZE : route.pageSize();
    for (int offset = page.count(); offset < page.total(); offset += pageSize) {
      toSend.add(itemsPage(route, offset, pageSize));
    }
  }

  private void page(ItemsPart asked, Page page) {
    if (torn || ending != null) {
      return;
    }
    int total = total();
    if (page.total() != total) {
      tear();
      return;
    }
    int end = asked.offset() + page.count();
    boolean endsEarly = page.count() < asked.limit() && end < total;
    if (endsEarly && page.count() == 0) {
      tear();
      return;
    }
    pages.put(asked.offset(), page);
    if (endsEarly) {
      toSend.add(itemsPage(asked.route(), end, asked.limit() - page.count()));
    }
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    underWay--;
    if (ItemsPart.of(request) != null) {
      pageRefused(why);
    } else if (Reason.NOT_FOUND.equals(why)) {
      missing();
    } else if (Reason.FORBIDDEN.equals(why)) {
      // That of Liked Songs is not the last word: the user may agree today.
      RawOutcome nothing = liked ? RawOutcome.NONE : RawOutcome.REJECTED;
      end(first == null ? nothing : RawOutcome.PARTIAL, Reason.FORBIDDEN);
    } else {
      endWithWhatIsThere(Reason.MALFORMED_ANSWER);
    }
    proceed();
  }

  private void missing() {
    if (playlistId.startsWith(SPOTIFYS_OWN)) {
      end(RawOutcome.REJECTED, Reason.NOT_READABLE_BY_THIS_APP);
    } else if (missedOnce) {
      end(RawOutcome.REJECTED, Reason.NOT_FOUND);
    } else {
      // Single 404s happen for playlists that are there: believed when it is still so later.
      missedOnce = true;
      confirmationDue = true;
    }
  }

  private void pageRefused(Reason why) {
    PlaylistJson.First shown = first;
    boolean nothingShown = shown == null || shown.page() == null || shown.page().count() == 0;
    if (Reason.NOT_FOUND.equals(why)) {
      // The playlist may be gone: the next look tells. Pages that were under way say it again.
      if (!torn) {
        tear();
      }
    } else if (Reason.FORBIDDEN.equals(why)) {
      end(
          nothingShown ? RawOutcome.METADATA_ONLY : RawOutcome.PARTIAL,
          Reason.NOT_READABLE_BY_THIS_APP);
    } else {
      endWithWhatIsThere(Reason.MALFORMED_ANSWER);
    }
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    underWay--;
    endWithWhatIsThere(why);
    proceed();
  }

  private void endWithWhatIsThere(Reason why) {
    end(first == null ? RawOutcome.NONE : RawOutcome.PARTIAL, why);
  }

  private void end(RawOutcome outcome, @Nullable Reason why) {
    if (ending == null) {
      ending = outcome;
      reason = why;
    }
    toSend.clear();
  }

  private void tear() {
    torn = true;
    tears++;
    toSend.clear();
    if (tears > MOST_RESTARTS) {
      end(RawOutcome.PARTIAL, Reason.TORN_READ);
    }
  }

  /** When a pass is over, looks again: to prove it whole, or to start over. */
  private void proceed() {
    boolean passIsOver = first != null && ending == null && underWay == 0 && toSend.isEmpty();
    if (passIsOver && !confirmationDue && (torn || isCovered())) {
      toSend.add(firstAnswer());
    }
  }

  /** Same items, or Spotify's own word for it; a different snapshot_id alone proves nothing. */
  private static boolean isSame(PlaylistJson.First before, PlaylistJson.First now) {
    String snapshot = before.playlist().snapshotId();
    if (snapshot != null && snapshot.equals(now.playlist().snapshotId())) {
      return true;
    }
    Page then = before.page();
    Page today = now.page();
    return then != null
        && today != null
        && then.total() == today.total()
        && then.count() == today.count()
        && then.print() == today.print();
  }

  private boolean isCovered() {
    if (torn || pages.isEmpty()) {
      return false;
    }
    int covered = 0;
    for (Map.Entry<Integer, Page> page : pages.entrySet()) {
      if (page.getKey() > covered) {
        return false;
      }
      covered = Math.max(covered, page.getKey() + page.getValue().count());
    }
    return covered >= total();
  }

  private int total() {
    PlaylistJson.First shown = first;
    Page page = shown == null ? null : shown.page();
    return page == null ? 0 : page.total();
  }

  @Override
  public @Nullable RawOutcome outcome() {
    return underWay > 0 || confirmationDue ? null : ending;
  }

  @Override
  public @Nullable Reason reason() {
    return reason;
  }

  /** Metadata of the last look that counts; null where there was none. */
  public @Nullable Playlist playlist() {
    return first == null ? null : first.playlist();
  }

  /** The dialect of the last look that counts; null where it showed no items. */
  public @Nullable ItemsRoute route() {
    return first == null ? null : first.route();
  }

  /** How many items Spotify says there are; null where it does not say. */
  public @Nullable Integer totalCount() {
    return first == null ? null : first.total();
  }

  /** Whether nothing but the listing of a library tells of it. */
  public boolean isListedOnly() {
    return listedOnly;
  }

  /** Whether the day before, where it stood like this, holds what these answers do not tell. */
  public boolean leansOn(@Nullable PreviousPlaylist before) {
    return before != null && first != null && before.holdsFor(first.version(), totalCount());
  }

  /** Whether its items are named as on the day before, whether or not that day holds them. */
  boolean isSameAs(PreviousPlaylist before) {
    return first != null && before.isVersion(first.version());
  }

  /** When the last item, or the proof that nothing moved, arrived; null unless complete. */
  public @Nullable Instant completeAt() {
    return completeAt;
  }

  /** The items read, by position; a page that says more than it was asked for is cut. */
  public List<PlaylistSlot> slots() {
    TreeMap<Integer, PlaylistSlot> slots = new TreeMap<>();
    for (Page page : pages.values()) {
      for (PlaylistSlot slot : page.slots()) {
        slots.putIfAbsent(slot.seen().item().position(), slot);
      }
    }
    return List.copyOf(slots.values());
  }
}
