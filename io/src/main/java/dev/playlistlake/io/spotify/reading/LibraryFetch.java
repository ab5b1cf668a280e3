package dev.playlistlake.io.spotify.reading;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.JsonFields;
import dev.playlistlake.io.spotify.api.ListedPlaylists;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.NextPage;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.api.SpotifyIds;
import dev.playlistlake.model.MassLoss;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fetches which playlists are in the user's library: {@code GET /v1/me/playlists}, the pages after
 * the first one in parallel. If the total changes meanwhile, or the listing contradicts itself or
 * the day before, it is read again (decision 33). It needs no final check: a playlist that is
 * missed is fetched itself.
 */
public final class LibraryFetch extends QueuedFetch {
  /** Name of the stored object. */
  public static final String NAME = "playlists";

  /** The largest offset, by Spotify's reference of Get Current User's Playlists. */
  private static final int MOST_PLAYLISTS = 100_000;

  /** How many listings in a row may be empty before that is believed. */
  private static final int MOST_EMPTY = 3;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PagedRead<ListedPlaylists> read =
      new PagedRead<>(queue, ApiRequest.LibraryPage::new, /* isUnique= */ true);
  private final Set<String> before;
  private int emptyResponses;

  /**
   * A listing.
   *
   * @param before the playlists that were in the library on the day before
   */
  public LibraryFetch(Set<String> before) {
    this.before = Set.copyOf(before);
    requestFirstPage();
  }

  private void requestFirstPage() {
    queue.add(new ApiRequest.LibraryPage(0, ApiRequest.LibraryPage.SIZE));
  }

  /** Requests for a listing of this many playlists. */
  public static int requests(int playlists) {
    int size = ApiRequest.LibraryPage.SIZE;
    return Math.max(1, (playlists + size - 1) / size);
  }

  /** How many pages were received. */
  public int pagesRead() {
    return read.pages().size();
  }

  /** Whether a stored object is a listing. */
  public static boolean isIn(RawObject stored) {
    return stored.attempts().stream()
        .findFirst()
        .map(attempt -> ApiRequest.parse(attempt.request()))
        .filter(ApiRequest.LibraryPage.class::isInstance)
        .isPresent();
  }

  /** The playlists listed, in their order, by id. */
  Map<String, PlaylistJson.First> playlists() {
    Map<String, PlaylistJson.First> playlists = new LinkedHashMap<>();
    for (ListedPlaylists page : read.pages().values()) {
      page.playlists()
          .forEach(listed -> playlists.putIfAbsent(listed.playlist().playlistId(), listed));
    }
    return playlists;
  }

  /** What entries of the listing have instead of an id, in their order. */
  List<String> invalidIds() {
    return read.pages().values().stream().flatMap(page -> page.invalid().stream()).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public RawAttempt.Role role(ApiRequest request) {
    if (request instanceof ApiRequest.LibraryPage page && page.offset() > 0) {
      return RawAttempt.Role.PAGE;
    }
    return read.isStarted() ? RawAttempt.Role.AGAIN : RawAttempt.Role.FIRST;
  }

  @Override
  public boolean dropIfObsolete(ApiRequest request) {
    boolean isFirst = request instanceof ApiRequest.LibraryPage page && page.offset() == 0;
    if (isFirst || (!read.isTorn() && !state.isFinal())) {
      return false;
    }
    queue.done();
    proceed();
    return true;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt response) throws MalformedResponseException {
    JsonNode page = object(response);
    Integer total = JsonFields.number(page, "total");
    JsonNode items = page.get("items");
    if (total == null || total < 0 || total > MOST_PLAYLISTS || items == null || !items.isArray()) {
      throw new MalformedResponseException("the response is not a page of playlists");
    }
    return new ListedPlaylists(
        total,
        ids(items),
        NextPage.of(page),
        playlists(page, response.fetchedAt()),
        invalidIds(page));
  }

  private static List<String> ids(JsonNode items) {
    List<String> ids = new ArrayList<>();
    items.forEach(entry -> ids.add(Objects.requireNonNullElse(JsonFields.text(entry, "id"), "")));
    return ids;
  }

  private static List<PlaylistJson.First> playlists(JsonNode page, Instant fetchedAt) {
    return JsonFields.objects(page, "items").stream()
        .map(entry -> PlaylistJson.listed(entry, fetchedAt))
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<String> invalidIds(JsonNode page) {
    List<String> invalid = new ArrayList<>();
    for (JsonNode entry : page.get("items")) {
      String id = JsonFields.text(entry, "id");
      if (id == null) {
        invalid.add(entry.isNull() ? Library.NULL_ENTRY : Library.ENTRY_WITHOUT_ID);
      } else if (!SpotifyIds.mayBeId(id)) {
        invalid.add(id);
      }
    }
    return invalid;
  }

  /** A response as a JSON object. */
  static JsonNode object(RawAttempt response) throws MalformedResponseException {
    try {
      JsonNode json = MAPPER.readTree(Objects.requireNonNullElse(response.body(), ""));
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new MalformedResponseException("the response is not JSON", e);
    }
    throw new MalformedResponseException("the response is not a JSON object");
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt response, Parsed parsed) {
    queue.done();
    if (parsed instanceof ListedPlaylists page
        && request instanceof ApiRequest.LibraryPage requested) {
      take(requested, response.role(), page);
    }
    proceed();
  }

  private void take(
      ApiRequest.LibraryPage requested, RawAttempt.@Nullable Role role, ListedPlaylists page) {
    boolean isFirst = requested.offset() == 0;
    if (isFirst && (role == RawAttempt.Role.AGAIN || !read.isReading())) {
      read.start(page);
      if (page.count() == 0 && (page.total() > 0 || !before.isEmpty())) {
        emptyAgain(page);
        return;
      }
      read.requestPages(ApiRequest.LibraryPage.SIZE, ApiRequest.LibraryPage.SIZE);
      return;
    }
    // A page that arrives after another has failed is stored, so it counts.
    read.take(requested.offset(), requested.limit(), page);
    if (read.isTorn()) {
      read.forgetPages();
    }
  }

  /** Never an empty library at first sight: asks again, with pauses. */
  private void emptyAgain(ListedPlaylists page) {
    emptyResponses++;
    if (emptyResponses < MOST_EMPTY) {
      requestFirstPage();
    } else if (page.total() > 0) {
      end(Reason.CONTRADICTORY_RESPONSE);
    }
  }

  /** Once nothing is in flight, the listing is complete or starts over. */
  private void proceed() {
    if (!queue.isIdle() || state.isFinal()) {
      return;
    }
    switch (read.endPass(isSuspicious())) {
      case SOUND, REPEATED -> end(RawOutcome.COMPLETE, null);
      case ODD, TORN -> {
        if (read.mayRestart()) {
          requestFirstPage();
        } else {
          end(Reason.TORN_READ);
        }
      }
    }
  }

  /** Whether so many playlists are missing that the listing is more likely to be at fault. */
  private boolean isSuspicious() {
    Set<String> missing = new HashSet<>(before);
    missing.removeAll(playlists().keySet());
    return MassLoss.isOne(missing.size(), before.size());
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    queue.done();
    end(reasonOf(why));
  }

  /** A user and a library are never missing: only FORBIDDEN differs from a malformed response. */
  static Reason reasonOf(Reason refusal) {
    return Reason.FORBIDDEN.equals(refusal) ? refusal : Reason.MALFORMED_ANSWER;
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    queue.done();
    end(why);
  }

  /** Never a final outcome: a user added to the app's list today may try again today. */
  private void end(Reason why) {
    end(read.pages().isEmpty() ? RawOutcome.NONE : RawOutcome.PARTIAL, why);
  }
}
