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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A playlist as its responses show it, live or stored: what to request next, and what came of it.
 */
public final class PlaylistFetch extends PlaylistPasses {
  private final PlaylistJson json;

  private PlaylistFetch(String playlistId, boolean withSlots, DayBeforeEvidence evidence) {
    super(playlistId, evidence);
    this.json = new PlaylistJson(playlistId, withSlots);
  }

  /**
   * A playlist to fetch: items are counted and compared, not kept.
   *
   * @param before its state on the day before; null if there is none
   * @param isYoung whether that may stand for what the first response omits if nothing has changed
   */
  public static PlaylistFetch fetching(
      String playlistId, @Nullable PreviousPlaylist before, boolean isYoung) {
    return fetching(playlistId, before, isYoung, /* withSlots= */ false);
  }

  /** The same with items kept, for a caller that fetches the first response only. */
  public static PlaylistFetch fetchingWithSlots(
      String playlistId, @Nullable PreviousPlaylist before, boolean isYoung) {
    return fetching(playlistId, before, isYoung, /* withSlots= */ true);
  }

  private static PlaylistFetch fetching(
      String playlistId, @Nullable PreviousPlaylist before, boolean isYoung, boolean withSlots) {
    boolean isLiked = new PlaylistRequests(playlistId).isLiked();
    return new PlaylistFetch(
        playlistId, withSlots, new DayBeforeEvidence(before, isYoung, isLiked));
  }

  /** A playlist that only the listing of a library shows: unchanged, or withheld from this app. */
  static PlaylistFetch listed(PlaylistJson.First listed, FetchState state) {
    PlaylistFetch fetch =
        new PlaylistFetch(listed.playlist().playlistId(), false, DayBeforeEvidence.NONE);
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
    PlaylistFetch fetch = new PlaylistFetch(playlistId, withSlots, DayBeforeEvidence.NONE);
    fetch.replay(stored);
    return fetch;
  }

  @Override
  public String name() {
    return requests.playlistId();
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt response) throws MalformedResponseException {
    return json.read(
        request, Objects.requireNonNullElse(response.body(), ""), response.fetchedAt());
  }

  @Override
  public @Nullable String refusalScope(ApiRequest request) {
    PlaylistJson.First shown = first;
    boolean isPage = PlaylistRequests.itemsPage(request) != null;
    return isPage && shown != null ? shown.playlist().ownerId() : null;
  }

  @Override
  public boolean confirmsItself(ApiRequest request, Reason refusal) {
    return Reason.NOT_FOUND.equals(refusal)
        && PlaylistRequests.itemsPage(request) == null
        && !SpotifyIds.isSpotifysOwn(name());
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

  /** The items read, in their order; positions without holes if all were read. */
  public List<PlaylistSlot> slots() {
    List<PlaylistSlot> slots = Page.inOrder(read.pages(), Page::slots);
    if (!RawOutcome.COMPLETE.equals(state.outcome())) {
      return slots;
    }
    // Offsets count withdrawn entries that no page shows; positions have no holes.
    return IntStream.range(0, slots.size()).mapToObj(i -> slots.get(i).at(i)).toList();
  }
}
