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
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.api.SpotifyIds;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Fetches which playlists are in the user's library: {@code GET /v1/me/playlists}, the pages after
 * the first one in parallel. If the total changes meanwhile, the listing starts over, at most
 * twice. It needs no final check: a playlist that is missed is fetched itself.
 */
public final class LibraryFetch extends QueuedFetch {
  /** Name of the stored object. */
  public static final String NAME = "playlists";

  /** The largest offset, by Spotify's reference of Get Current User's Playlists. */
  private static final int MOST_PLAYLISTS = 100_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final PagedRead<ListedPlaylists> read = new PagedRead<>(queue, new Pages());

  private static final class Pages implements PagedRead.PageRequests {
    @Override
    public ApiRequest page(int offset, int limit) {
      return new ApiRequest.LibraryPage(offset, limit);
    }

    @Override
    public ApiRequest rest(int offset, int limit, int total) {
      return page(offset, Math.min(limit, total - offset));
    }
  }

  public LibraryFetch() {
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
    for (ListedPlaylists page : read.pages()) {
      page.playlists()
          .forEach(listed -> playlists.putIfAbsent(listed.playlist().playlistId(), listed));
    }
    return playlists;
  }

  /** What entries of the listing have instead of an id, in their order. */
  List<String> invalidIds() {
    return read.pages().stream().flatMap(page -> page.invalid().stream()).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean dropIfObsolete(ApiRequest request) {
    if (!read.isTorn() && !state.isFinal()) {
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
        total, items.size(), playlists(page, response.fetchedAt()), invalidIds(page));
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
      take(requested, page);
    }
    proceed();
  }

  private void take(ApiRequest.LibraryPage requested, ListedPlaylists page) {
    // A page that arrives after another has failed is stored, so it counts.
    if (!read.isStarted() && requested.offset() == 0) {
      read.start(page);
      read.requestPages(requested.limit(), requested.limit());
    }
    read.take(requested.offset(), requested.limit(), page);
    if (read.isTorn()) {
      read.forgetPages();
    }
  }

  /** Once nothing is in flight, the listing is complete or starts over. */
  private void proceed() {
    if (!queue.isIdle() || state.isFinal()) {
      return;
    }
    if (read.isReading()) {
      end(RawOutcome.COMPLETE, null);
    } else if (read.isTorn() && read.mayRestart()) {
      read.reset();
      requestFirstPage();
    } else if (read.isTorn()) {
      end(Reason.TORN_READ);
    }
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
