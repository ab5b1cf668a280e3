package dev.playlistlake.io.spotify.forecast;

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
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.reading.PlaylistVerdict;
import dev.playlistlake.io.spotify.reading.ResponseOutcome;
import dev.playlistlake.io.spotify.stored.PlaylistRefresh;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.Carry;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches only a playlist's first response and simulates the rest as if nothing changed meanwhile:
 * every page is full, and every repeated request gets the same response. It drives the {@link
 * PlaylistFetch} of a run, so that a run sends exactly the requests counted here (decision 23).
 */
final class PlaylistDryRun implements FetchPlan {
  /** Reasons that another run would meet again. */
  private static final Set<Reason> LASTING =
      Set.of(Reason.NOT_FOUND, Reason.FORBIDDEN, Reason.NOT_READABLE_BY_THIS_APP);

  private final String playlistId;
  private final @Nullable PreviousPlaylist before;
  private final PlaylistOutlook.Basis basis;
  private @Nullable PlaylistFetch fetch;
  private boolean sent;
  private boolean over;
  private @Nullable Reason failure;
  private int firstAnswers;
  private int pages;
  private long firstItems;

  private PlaylistDryRun(
      String playlistId,
      @Nullable PreviousPlaylist before,
      PlaylistOutlook.Basis basis,
      PlaylistFetch fetch) {
    this.playlistId = playlistId;
    this.before = before;
    this.basis = basis;
    this.fetch = fetch;
  }

  /** For a playlist whose first response is to be fetched. */
  static PlaylistDryRun fetching(String playlistId, PlaylistRefresh refresh) {
    return new PlaylistDryRun(
        playlistId,
        refresh.before().get(playlistId),
        PlaylistOutlook.Basis.FIRST_ANSWER,
        refresh.fetchingWithSlots(playlistId));
  }

  /** For a playlist that a run does not fetch again: the day has stored it. */
  static PlaylistDryRun ofStored(String playlistId, PlaylistRefresh refresh, RawObject stored) {
    PlaylistFetch replayed = PlaylistFetch.replaying(playlistId, stored);
    PlaylistDryRun dryRun =
        new PlaylistDryRun(
            playlistId, refresh.before().get(playlistId), PlaylistOutlook.Basis.STORED, replayed);
    dryRun.over = true;
    dryRun.firstItems =
        Math.min(ItemsRoute.FIRST_ITEMS, Objects.requireNonNullElse(replayed.totalCount(), 0));
    return dryRun;
  }

  /** For a playlist that a run does not fetch: the library listing is enough. */
  static PlaylistDryRun ofListing(String playlistId, PlaylistRefresh refresh, Library library) {
    PlaylistDryRun dryRun =
        new PlaylistDryRun(
            playlistId,
            refresh.before().get(playlistId),
            PlaylistOutlook.Basis.LISTING,
            library.reading(playlistId));
    dryRun.over = true;
    return dryRun;
  }

  /**
   * Of a playlist that is not fetched, as if Spotify sent this first response.
   *
   * @param response what it shows
   */
  static PlaylistDryRun assuming(
      String playlistId, PlaylistRefresh refresh, PlaylistJson.First response) {
    return assuming(playlistId, refresh, new ResponseOutcome.Success(response));
  }

  /**
   * Of a playlist that is not fetched, as if Spotify refused it.
   *
   * @param refusal as {@link ResponseMeaning} has it
   */
  static PlaylistDryRun assumingRefusal(
      String playlistId, PlaylistRefresh refresh, Reason refusal) {
    return assuming(playlistId, refresh, new ResponseOutcome.Refusal(refusal));
  }

  private static PlaylistDryRun assuming(
      String playlistId, PlaylistRefresh refresh, ResponseOutcome response) {
    PlaylistDryRun dryRun =
        new PlaylistDryRun(
            playlistId,
            refresh.before().get(playlistId),
            PlaylistOutlook.Basis.DAY_BEFORE,
            refresh.fetching(playlistId));
    RawAttempt attempt = new RawAttempt("", null, Instant.EPOCH, Map.of(), null);
    dryRun.play(dryRun.next().get(0), attempt, response);
    return dryRun;
  }

  @Override
  public String name() {
    return playlistId;
  }

  @Override
  public List<ApiRequest> next() {
    if (sent) {
      return List.of();
    }
    sent = true;
    firstAnswers = 1;
    return fetch().next();
  }

  @Override
  public RawAttempt.Role role(ApiRequest request) {
    return fetch().role(request);
  }

  @Override
  public @Nullable String refusalScope(ApiRequest request) {
    return fetch().refusalScope(request);
  }

  @Override
  public boolean confirmsItself(ApiRequest request, Reason refusal) {
    return fetch().confirmsItself(request, refusal);
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt response) throws MalformedResponseException {
    return fetch().parse(request, response);
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt response, Parsed parsed) {
    play(request, response, new ResponseOutcome.Success(parsed));
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    RawAttempt attempt = new RawAttempt("", null, at, Map.of(), null);
    play(request, attempt, new ResponseOutcome.Refusal(why));
  }

  @Override
  public void failed(ApiRequest request, Reason reason) {
    fetch().failed(request, reason);
    failure = reason;
    over = true;
  }

  private void play(ApiRequest firstRequest, RawAttempt attempt, ResponseOutcome response) {
    Page first =
        response instanceof ResponseOutcome.Success success
                && success.parsed() instanceof PlaylistJson.First shown
            ? shown.page()
            : null;
    firstItems = first == null ? 0 : first.count();
    deliver(firstRequest, attempt, response);
    for (List<ApiRequest> requests = nextRequests();
        !requests.isEmpty();
        requests = nextRequests()) {
      for (ApiRequest request : requests) {
        ApiRequest.PageRequest page = PlaylistRequests.itemsPage(request);
        if (page != null && first != null) {
          pages++;
          int total = first.total();
          int count = Math.min(page.limit(), total - page.offset());
          fetch().succeeded(request, attempt, Page.of(total, count));
        } else {
          firstAnswers++;
          deliver(request, attempt, response);
        }
      }
    }
    over = true;
  }

  private List<ApiRequest> nextRequests() {
    List<ApiRequest> next = fetch().next();
    return next.isEmpty() ? fetch().atTheEnd() : next;
  }

  private void deliver(ApiRequest request, RawAttempt attempt, ResponseOutcome response) {
    if (response instanceof ResponseOutcome.Success success) {
      fetch().succeeded(request, attempt.withRole(fetch().role(request)), success.parsed());
    } else if (response instanceof ResponseOutcome.Refusal refusal) {
      fetch().refused(request, refusal.reason(), attempt.fetchedAt());
    }
  }

  @Override
  public @Nullable RawOutcome outcome() {
    return over ? (failure == null ? RawOutcome.COMPLETE : RawOutcome.NONE) : null;
  }

  @Override
  public @Nullable Reason reason() {
    return failure;
  }

  /** The dialect of today's responses; null if they show none. */
  @Nullable ItemsRoute route() {
    boolean showsNone = basis == PlaylistOutlook.Basis.DAY_BEFORE || LikedSongs.isId(playlistId);
    return showsNone ? null : fetch().route();
  }

  /** Returns the outlook, adds the items to the catalog and releases them. Call it once. */
  PlaylistOutlook conclude(NamedCatalog named) {
    PlaylistFetch played = fetch();
    fetch = null;
    PlaylistVerdict verdict = PlaylistVerdict.of(played, before);
    Reason reason = verdict.reason();
    Carry carry = verdict.carry(playlistId, played);
    if (carry != null) {
      named.carryFrom(playlistId, carry.fromPosition());
    }
    if (verdict.usesToday()) {
      addItems(played, named, carry != null);
    }
    return new PlaylistOutlook(
        playlistId,
        basis,
        Math.min(firstAnswers, 1),
        pages,
        Math.max(0, firstAnswers - 1),
        items(verdict, played),
        firstItems,
        reason != null && LASTING.contains(reason) ? reason : null,
        null,
        LikedSongs.isId(playlistId) ? null : played.route());
  }

  private void addItems(PlaylistFetch played, NamedCatalog named, boolean restIsCarried) {
    List<PlaylistSlot> slots = played.slots();
    named.addItems(slots);
    int seen = slots.size();
    int total = Objects.requireNonNullElse(played.totalCount(), 0);
    if (restIsCarried || seen >= total) {
      return;
    }
    // A run fetches the rest; in an unchanged version it finds the previous day's items.
    boolean unchanged = basis == PlaylistOutlook.Basis.DAY_BEFORE || played.dependsOn(before);
    int knownRows = unchanged && before != null ? before.itemCount() : 0;
    if (knownRows > seen) {
      named.carryFrom(playlistId, seen);
    }
    named.addUnseen(Math.max(0, total - Math.max(seen, knownRows)));
  }

  private @Nullable Long items(PlaylistVerdict verdict, PlaylistFetch played) {
    if (verdict.status() == null) {
      return 0L;
    } else if (!verdict.usesToday()) {
      return before == null ? 0L : (long) before.itemCount();
    }
    Integer total = played.totalCount();
    return total == null ? 0L : Long.valueOf(total);
  }

  private PlaylistFetch fetch() {
    return Objects.requireNonNull(fetch, "already concluded");
  }
}
