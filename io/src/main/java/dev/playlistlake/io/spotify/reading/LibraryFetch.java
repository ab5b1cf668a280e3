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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks which playlists are in the user's library: {@code GET /v1/me/playlists}, the pages behind
 * the first one side by side. A listing whose total changes meanwhile starts over, at most twice.
 * No last look is needed: a playlist that slips through is asked for itself.
 */
public final class LibraryFetch implements FetchPlan {
  /** Name of the stored object. */
  public static final String NAME = "playlists";

  private static final int MOST_RESTARTS = 2;

  /** As far as Spotify lets anybody turn pages. */
  private static final int MOST_PLAYLISTS = 100_000;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private List<ApiRequest> toSend = new ArrayList<>(List.of(page(0, ApiRequest.LibraryPage.SIZE)));
  private int underWay;
  private final TreeMap<Integer, ListedPlaylists> pages = new TreeMap<>();
  private @Nullable Integer total;
  private boolean torn;
  private int tears;
  private @Nullable RawOutcome ending;
  private @Nullable Reason reason;

  /** Requests that so many listed playlists take. */
  public static int requests(int playlists) {
    int size = ApiRequest.LibraryPage.SIZE;
    return Math.max(1, (playlists + size - 1) / size);
  }

  /** Requests that the pages took that came, the failed ones apart. */
  public int pagesRead() {
    return pages.size();
  }

  /** Whether a stored object is a listing. */
  public static boolean isIn(RawObject stored) {
    return stored.attempts().stream()
        .findFirst()
        .map(attempt -> ApiRequest.parse(attempt.request()))
        .filter(ApiRequest.LibraryPage.class::isInstance)
        .isPresent();
  }

  private static ApiRequest page(int offset, int limit) {
    return new ApiRequest.LibraryPage(offset, limit);
  }

  /** The playlists listed, in their order, by id. */
  Map<String, PlaylistJson.First> playlists() {
    Map<String, PlaylistJson.First> playlists = new LinkedHashMap<>();
    for (ListedPlaylists page : pages.values()) {
      page.playlists()
          .forEach(listed -> playlists.putIfAbsent(listed.playlist().playlistId(), listed));
    }
    return playlists;
  }

  /** What entries of the listing have in the place of an id, in their order. */
  List<String> invalidIds() {
    return pages.values().stream().flatMap(page -> page.invalid().stream()).toList();
  }

  @Override
  public String name() {
    return NAME;
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
    return List.of();
  }

  @Override
  public boolean dropIfObsolete(ApiRequest request) {
    if (!torn && ending == null) {
      return false;
    }
    underWay--;
    startOverWhenAllAreBack();
    return true;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt answer) throws MalformedResponseException {
    JsonNode page = object(answer);
    Integer told = JsonFields.number(page, "total");
    JsonNode items = page.get("items");
    if (told == null || told < 0 || told > MOST_PLAYLISTS || items == null || !items.isArray()) {
      throw new MalformedResponseException("the answer is no page of playlists");
    }
    return new ListedPlaylists(
        told, items.size(), playlists(page, answer.fetchedAt()), invalidIds(page));
  }

  private static List<PlaylistJson.First> playlists(JsonNode page, Instant fetchedAt) {
    return JsonFields.objects(page, "items").stream()
        .map(entry -> PlaylistJson.listed(entry, fetchedAt))
        .filter(Objects::nonNull)
        .toList();
  }

  private static List<String> invalidIds(JsonNode page) {
    return JsonFields.objects(page, "items").stream()
        .map(entry -> JsonFields.text(entry, "id"))
        .filter(Objects::nonNull)
        .filter(id -> !SpotifyIds.mayBeId(id))
        .toList();
  }

  /** An answer as a JSON object. */
  static JsonNode object(RawAttempt answer) throws MalformedResponseException {
    try {
      JsonNode json = MAPPER.readTree(Objects.requireNonNullElse(answer.body(), ""));
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      throw new MalformedResponseException("the answer is no JSON", e);
    }
    throw new MalformedResponseException("the answer is no JSON object");
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt answer, Parsed parsed) {
    underWay--;
    if (parsed instanceof ListedPlaylists page && request instanceof ApiRequest.LibraryPage asked) {
      take(asked, page);
    }
    startOverWhenAllAreBack();
  }

  private void take(ApiRequest.LibraryPage asked, ListedPlaylists page) {
    // After a page has failed too: what comes is stored, so it counts.
    if (torn) {
      return;
    }
    boolean first = total == null;
    if (first && asked.offset() > 0) {
      // Was under way when the listing started over.
      return;
    }
    if (!first && !Objects.equals(total, page.total())) {
      tear();
      return;
    }
    total = page.total();
    pages.put(asked.offset(), page);
    int end = asked.offset() + page.count();
    if (first && ending == null) {
      for (int at = asked.limit(); at < page.total(); at += asked.limit()) {
        toSend.add(page(at, asked.limit()));
      }
    }
    int due = Math.min(asked.offset() + asked.limit(), page.total());
    if (end < due && page.count() > 0 && ending == null) {
      toSend.add(page(end, due - end));
    } else if (end < due && page.count() == 0) {
      tear();
    }
    if (!torn && ending == null && underWay == 0 && toSend.isEmpty()) {
      ending = RawOutcome.COMPLETE;
    }
  }

  private void tear() {
    torn = true;
    toSend.clear();
    pages.clear();
  }

  private void startOverWhenAllAreBack() {
    if (!torn || underWay > 0 || ending != null) {
      return;
    }
    tears++;
    if (tears > MOST_RESTARTS) {
      end(Reason.TORN_READ);
      return;
    }
    torn = false;
    total = null;
    toSend.add(page(0, ApiRequest.LibraryPage.SIZE));
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    underWay--;
    end(reasonOf(why));
  }

  /** A user and a library are never missing: only FORBIDDEN tells more than a wrong response. */
  static Reason reasonOf(Reason refusal) {
    return Reason.FORBIDDEN.equals(refusal) ? refusal : Reason.MALFORMED_ANSWER;
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    underWay--;
    end(why);
  }

  /** Not the last word: who is put on the app's list today may ask again today. */
  private void end(Reason why) {
    if (ending == null) {
      ending = pages.isEmpty() ? RawOutcome.NONE : RawOutcome.PARTIAL;
      reason = why;
    }
    toSend.clear();
  }

  @Override
  public @Nullable RawOutcome outcome() {
    return underWay > 0 ? null : ending;
  }

  @Override
  public @Nullable Reason reason() {
    return reason;
  }
}
