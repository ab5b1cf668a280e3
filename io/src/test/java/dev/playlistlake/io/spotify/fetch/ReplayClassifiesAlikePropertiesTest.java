package dev.playlistlake.io.spotify.fetch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.io.spotify.reading.DetailFetch;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.LibraryFetch;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.reading.ResponseOutcome;
import dev.playlistlake.io.spotify.reading.StoredDetailResponses;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * A stored response counts in a replay as it did live: whatever Spotify sends, and in whatever
 * order responses in flight arrive, the stored attempts come to the outcome, reason and items of
 * the live fetch.
 */
class ReplayClassifiesAlikePropertiesTest {
  private static final String ID = "4nT7zK0q1uRtVwX2yZaBcA";
  private static final int MOST_ATTEMPTS = 5;

  /** Mostly good responses: else few reads would come to their second page. */
  private static final List<Integer> STATUSES =
      List.of(
          200, 200, 200, 200, 200, 200, 204, 302, 400, 401, 403, 404, 408, 410, 425, 429, 500, 503,
          0);

  private static final List<String> BROKEN = List.of("", "{", "<html>", "[]", "{}");

  /**
   * What Spotify does with one attempt.
   *
   * @param status 0 for no complete response
   * @param edit 0 to 9: shapes the body of a 200, from one total or page to another
   * @param pick which of the requests in flight is next
   */
  record Step(int status, int edit, int pick) {}

  @Property(tries = 500)
  void playlists(@ForAll("steps") List<Step> steps) {
    PlaylistFetch live = PlaylistFetch.fetchingWithSlots(ID, null, false);
    RawObject stored = fetch(live, steps);
    PlaylistFetch replay = PlaylistFetch.replaying(ID, stored);
    assertThat(replay.outcome(), is(live.outcome()));
    assertThat(replay.reason(), is(live.reason()));
    assertThat(replay.totalCount(), is(live.totalCount()));
    assertThat(replay.completeAt(), is(live.completeAt()));
    assertThat(replay.slots(), is(live.slots()));
    // Without the stored outcome, where the responses alone decide: as the run would end.
    PlaylistFetch told = PlaylistFetch.fetching(ID, null, false);
    ResponseOutcome.replay(told, stored.attempts());
    // What was sent again counts by what the plan knew.
    boolean isSentAgain =
        stored.attempts().stream().anyMatch(a -> a.role() == RawAttempt.Role.AGAIN);
    if (!isSentAgain
        && (live.outcome() == RawOutcome.COMPLETE || live.outcome() == RawOutcome.REJECTED)) {
      assertThat(told.outcome(), is(live.outcome()));
      assertThat(told.reason(), is(live.reason()));
    }
  }

  @Property(tries = 500)
  void libraries(@ForAll("steps") List<Step> steps) {
    LibraryFetch live = new LibraryFetch(Set.of());
    RawObject stored = fetch(live, steps);
    Library library = Library.of(null, null, live, live.reason());
    assertThat(Library.of(stored).listed(), is(library.listed()));
    assertThat(Library.of(stored).invalidIds(), is(library.invalidIds()));
  }

  @Property(tries = 500)
  void details(@ForAll("steps") List<Step> steps, @ForAll boolean batch) {
    List<String> ids = List.of("a", "b", "c");
    DetailFetch live =
        batch
            ? DetailFetch.batch("n", SubjectType.ALBUM, ids)
            : DetailFetch.oneByOne("n", SubjectType.ALBUM, ids);
    RawObject stored = fetch(live, steps);
    Map<String, DetailFetch.Finding> replay = new HashMap<>();
    StoredDetailResponses.of(stored)
        .forEach(
            (id, details) ->
                replay.put(
                    id, new DetailFetch.Finding(details.object() != null, details.fetchedAt())));
    assertThat(replay, is(live.findings()));
    Map<String, Reason> failures = StoredDetailResponses.failures(stored);
    if (!batch && live.outcome() == RawOutcome.NONE && live.reason() != null) {
      assertThat(failures.values(), hasItem(live.reason()));
    }
  }

  /** Fetches as {@link FetchLoop} does, with up to three requests in flight. */
  private static RawObject fetch(FetchPlan plan, List<Step> steps) {
    OpenFetch open = new OpenFetch(plan);
    List<RawAttempt> stored = new ArrayList<>();
    List<ApiRequest> inFlight = new ArrayList<>(plan.next());
    int at = 0;
    while (plan.outcome() == null) {
      if (inFlight.isEmpty()) {
        inFlight.addAll(plan.atTheEnd());
      }
      Step step = steps.get(at % steps.size());
      ApiRequest request = inFlight.remove(step.pick() % Math.min(3, inFlight.size()));
      RawAttempt.Role role = plan.role(request);
      if (!(inFlight.size() >= 3 && plan.dropIfObsolete(request))) {
        Attempts attempts = new Attempts();
        ResponseOutcome outcome;
        int tries = 0;
        do {
          RawAttempt attempt =
              attempt(request, steps.get(at % steps.size()), stored.size()).withRole(role);
          at++;
          attempts.add(attempt);
          stored.add(attempt);
          outcome = ResponseOutcome.of(plan, request, attempt);
          tries++;
        } while (outcome instanceof ResponseOutcome.Failure && tries < MOST_ATTEMPTS);
        if (outcome instanceof ResponseOutcome.Failure failure
            && failure.kind() == ResponseMeaning.Kind.TOKEN
            && request instanceof ApiRequest.SingleDetail) {
          // As the client has it after its last attempt.
          outcome = new ResponseOutcome.Failure(failure.kind(), Reason.FORBIDDEN);
        }
        open.take(request, attempts.reply(outcome));
      }
      inFlight.addAll(plan.next());
    }
    RawOutcome outcome = Objects.requireNonNull(plan.outcome());
    return new RawObject(stored, outcome, plan.reason());
  }

  private static RawAttempt attempt(ApiRequest request, Step step, int number) {
    Integer status = step.status() == 0 ? null : (Integer) step.status();
    return new RawAttempt(
        "GET " + path(request),
        status,
        Instant.ofEpochSecond(number),
        Map.of(),
        status == null ? null : body(request, step));
  }

  private static String path(ApiRequest request) {
    if (request instanceof ApiRequest.ItemsPage page) {
      String field = page.route().field();
      return "/v1/playlists/%s/%s?limit=%d&offset=%d"
          .formatted(ID, field, page.limit(), page.offset());
    } else if (request instanceof ApiRequest.DetailBatch batch) {
      return "/v1/albums?ids=" + String.join(",", batch.ids());
    } else if (request instanceof ApiRequest.SingleDetail single) {
      return "/v1/albums/" + single.id();
    } else if (request instanceof ApiRequest.LibraryPage page) {
      return "/v1/me/playlists?limit=" + page.limit() + "&offset=" + page.offset();
    }
    return "/v1/playlists/" + ID;
  }

  private static String body(ApiRequest request, Step step) {
    if (request instanceof ApiRequest.DetailBatch) {
      return step.edit() == 0
          ? "{\"albums\":[{\"id\":\"a\"},null,{\"id\":\"c\"}]}"
          : "{\"albums\":[null]}";
    } else if (request instanceof ApiRequest.SingleDetail single) {
      return step.edit() == 0 ? "{\"id\":\"" + single.id() + "\"}" : "{}";
    }
    int total = step.edit() == 1 ? 251 : 250;
    int offset = request instanceof ApiRequest.PageRequest page ? page.offset() : 0;
    int limit = request instanceof ApiRequest.PageRequest page ? page.limit() : 100;
    int count = Math.max(0, Math.min(limit, total - offset));
    if (step.edit() == 2) {
      count = count / 2;
    } else if (step.edit() == 3) {
      count = 0;
    } else if (step.edit() == 4) {
      return BROKEN.get(step.pick() % BROKEN.size());
    }
    String prefix = step.edit() == 5 ? "u" : "t";
    String next = "";
    int withdrawn = -1;
    if (step.edit() == 7) {
      withdrawn = offset + 3;
      next = ",\"next\":" + (offset + limit < total ? link(offset + limit, limit) : "null");
    } else if (step.edit() == 8) {
      next = ",\"next\":null";
    } else if (step.edit() == 9) {
      count = Math.min(count, 20);
      next = ",\"next\":" + (offset + count < total ? link(offset + count, 20) : "null");
    }
    int hole = withdrawn;
    String page =
        "{\"total\":%d%s,\"items\":[%s]}"
            .formatted(
                total,
                next,
                IntStream.range(offset, offset + count)
                    .filter(i -> i != hole)
                    .mapToObj(i -> entry(request, prefix + i))
                    .collect(Collectors.joining(",")));
    return request instanceof ApiRequest.FirstAnswer
        ? "{\"id\":\"" + ID + "\"" + (step.edit() == 6 ? "" : ",\"tracks\":" + page) + "}"
        : page;
  }

  private static String link(int offset, int limit) {
    return "\"https://api.spotify.com/x?offset=%d&limit=%d\"".formatted(offset, limit);
  }

  private static String entry(ApiRequest request, String id) {
    return request instanceof ApiRequest.LibraryPage
        ? "{\"id\":\"" + id + "\",\"snapshot_id\":\"s\",\"tracks\":{\"total\":3}}"
        : "{\"track\":{\"id\":\"" + id + "\",\"name\":\"n\"}}";
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    return Combinators.combine(
            Arbitraries.of(STATUSES),
            Arbitraries.frequencyOf(
                Tuple.of(12, Arbitraries.just(0)),
                Tuple.of(6, Arbitraries.integers().between(1, 9))),
            Arbitraries.integers().between(0, 11))
        .as(Step::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40);
  }
}
