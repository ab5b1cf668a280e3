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
import dev.playlistlake.model.Carry;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.PreviousPlaylist;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a playlist's first answer only, and plays the rest through as if nothing moved
 * meanwhile: every page comes whole, and whatever is looked at again is as it was. It is the
 * reading of a run that is played, so that a run sends the very requests that are counted here.
 */
final class PlaylistDryRun implements FetchPlan {
  private static final Set<Reason> LASTING =
      Set.of(Reason.NOT_FOUND, Reason.FORBIDDEN, Reason.NOT_READABLE_BY_THIS_APP);

  private final String playlistId;
  private final @Nullable PreviousPlaylist before;
  private final PlaylistOutlook.Basis basis;
  private @Nullable PlaylistFetch reading;
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
      PlaylistFetch reading) {
    this.playlistId = playlistId;
    this.before = before;
    this.basis = basis;
    this.reading = reading;
  }

  /** At a playlist that is to be asked for. */
  static PlaylistDryRun at(String playlistId, PlaylistRefresh known) {
    return new PlaylistDryRun(
        playlistId,
        known.before().get(playlistId),
        PlaylistOutlook.Basis.FIRST_ANSWER,
        PlaylistFetch.askingWithSlots(playlistId, known.carryable(playlistId)));
  }

  /** At what the day has stored of one, which a run does not ask for again. */
  static PlaylistDryRun atStored(String playlistId, PlaylistRefresh known, RawObject stored) {
    PlaylistFetch reading = PlaylistFetch.replaying(playlistId, stored);
    PlaylistDryRun look =
        new PlaylistDryRun(
            playlistId, known.before().get(playlistId), PlaylistOutlook.Basis.STORED, reading);
    look.over = true;
    look.firstItems =
        Math.min(ItemsRoute.FIRST_ITEMS, Objects.requireNonNullElse(reading.totalCount(), 0));
    return look;
  }

  /** At one of which the listing of the library tells all. */
  static PlaylistDryRun atListed(String playlistId, PlaylistRefresh known, Library library) {
    PlaylistDryRun look =
        new PlaylistDryRun(
            playlistId,
            known.before().get(playlistId),
            PlaylistOutlook.Basis.LISTING,
            library.reading(playlistId));
    look.over = true;
    return look;
  }

  /**
   * Of a playlist that is not fetched, as if Spotify sent this first response.
   *
   * @param response what it shows
   */
  static PlaylistDryRun assuming(
      String playlistId, PlaylistRefresh known, PlaylistJson.First response) {
    return assuming(playlistId, known, new ResponseOutcome.Success(response));
  }

  /**
   * Of a playlist that is not fetched, as if Spotify refused it.
   *
   * @param refusal as {@link ResponseMeaning} has it
   */
  static PlaylistDryRun assumingRefusal(String playlistId, PlaylistRefresh known, Reason refusal) {
    return assuming(playlistId, known, new ResponseOutcome.Refusal(refusal));
  }

  private static PlaylistDryRun assuming(
      String playlistId, PlaylistRefresh known, ResponseOutcome response) {
    PlaylistDryRun look =
        new PlaylistDryRun(
            playlistId,
            known.before().get(playlistId),
            PlaylistOutlook.Basis.DAY_BEFORE,
            PlaylistFetch.asking(playlistId, known.carryable(playlistId)));
    RawAttempt attempt = new RawAttempt("", null, Instant.EPOCH, Map.of(), null);
    look.play(look.next().get(0), attempt, response);
    return look;
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
    return reading().next();
  }

  @Override
  public List<ApiRequest> atTheEnd() {
    return List.of();
  }

  @Override
  public boolean dropIfObsolete(ApiRequest request) {
    return false;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt response) throws MalformedResponseException {
    return reading().parse(request, response);
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
  public void failed(ApiRequest request, Reason why) {
    reading().failed(request, why);
    failure = why;
    over = true;
  }

  private void play(ApiRequest firstRequest, RawAttempt attempt, ResponseOutcome response) {
    Page first =
        response instanceof ResponseOutcome.Success success
                && success.parsed() instanceof PlaylistJson.First shown
            ? shown.page()
            : null;
    firstItems = first == null ? 0 : first.count();
    respond(firstRequest, attempt, response);
    for (List<ApiRequest> more = more(); !more.isEmpty(); more = more()) {
      for (ApiRequest request : more) {
        ApiRequest.PageRequest page = PlaylistRequests.itemsPage(request);
        if (page != null && first != null) {
          pages++;
          int total = first.total();
          int count = Math.min(page.limit(), total - page.offset());
          reading().succeeded(request, attempt, new Page(total, count, 0, List.of()));
        } else {
          firstAnswers++;
          respond(request, attempt, response);
        }
      }
    }
    over = true;
  }

  private List<ApiRequest> more() {
    List<ApiRequest> next = reading().next();
    return next.isEmpty() ? reading().atTheEnd() : next;
  }

  private void respond(ApiRequest request, RawAttempt attempt, ResponseOutcome response) {
    if (response instanceof ResponseOutcome.Success success) {
      reading().succeeded(request, attempt, success.parsed());
    } else if (response instanceof ResponseOutcome.Refusal refusal) {
      reading().refused(request, refusal.reason(), attempt.fetchedAt());
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

  /** The dialect that Spotify answered in today; null where it showed none. */
  @Nullable ItemsRoute route() {
    boolean tellsNone = basis == PlaylistOutlook.Basis.DAY_BEFORE || LikedSongs.isId(playlistId);
    return tellsNone ? null : reading().route();
  }

  /** What comes of it; what its items name is told to the catalog, and then let go. */
  PlaylistOutlook conclude(NamedCatalog named) {
    PlaylistFetch played = reading();
    reading = null;
    PlaylistVerdict standing = PlaylistVerdict.of(played, before);
    Reason why = standing.reason();
    Carry carry = standing.carry(playlistId, played);
    if (carry != null) {
      named.carry(playlistId, carry.fromPosition());
    }
    if (standing.usesToday()) {
      see(played, named, carry != null);
    }
    return new PlaylistOutlook(
        playlistId,
        basis,
        Math.min(firstAnswers, 1),
        pages,
        Math.max(0, firstAnswers - 1),
        items(standing, played),
        firstItems,
        why != null && LASTING.contains(why) ? why : null,
        null);
  }

  private void see(PlaylistFetch played, NamedCatalog named, boolean restIsCarried) {
    List<PlaylistSlot> slots = played.slots();
    named.see(slots);
    int seen = slots.size();
    int total = Objects.requireNonNullElse(played.totalCount(), 0);
    if (restIsCarried || seen >= total) {
      return;
    }
    // Of the same version as the day before it will be read anew, and be found the same.
    boolean known = basis == PlaylistOutlook.Basis.DAY_BEFORE || played.leansOn(before);
    int knownRows = known && before != null ? before.itemCount() : 0;
    if (knownRows > seen) {
      named.carry(playlistId, seen);
    }
    named.leaveUnseen(Math.max(0, total - Math.max(seen, knownRows)));
  }

  private @Nullable Long items(PlaylistVerdict standing, PlaylistFetch played) {
    if (standing.status() == null) {
      return 0L;
    } else if (!standing.usesToday()) {
      return before == null ? 0L : (long) before.itemCount();
    }
    Integer total = played.totalCount();
    return total == null ? 0L : Long.valueOf(total);
  }

  private PlaylistFetch reading() {
    return Objects.requireNonNull(reading, "concluded already");
  }
}
