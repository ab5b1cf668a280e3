package dev.playlistlake.io.spotify.reading;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The listing of a library, page by page, against what Spotify may do meanwhile. */
class LibraryFetchTest {
  private final LibraryFetch reading = new LibraryFetch(Set.of());
  private final List<RawAttempt> told = new ArrayList<>();

  @Test
  void pagesBehindTheFirstAreAskedSideBySide() throws Exception {
    assertThat(offsets(reading.next()), contains(0));
    tell(0, 50, 120, ids(0, 50));
    assertThat(offsets(reading.next()), contains(50, 100));
    tell(100, 50, 120, ids(100, 120));
    assertThat(reading.outcome(), is(nullValue()));
    tell(50, 50, 120, ids(50, 100));
    assertThat(reading.outcome(), is(RawOutcome.COMPLETE));
    assertThat(List.copyOf(reading.playlists().keySet()), is(ids(0, 120)));
    assertReplayed(ids(0, 120));
  }

  @Test
  void aShortPageIsContinuedFromItsEnd() throws Exception {
    reading.next();
    tell(0, 50, 60, ids(0, 20));
    assertThat(offsets(reading.next()), contains(20));
    tell(20, 50, 60, ids(20, 60));
    assertThat(reading.outcome(), is(RawOutcome.COMPLETE));
    assertThat(List.copyOf(reading.playlists().keySet()), is(ids(0, 60)));
  }

  @Test
  void anotherTotalStartsOverWhenAllPagesAreBack() throws Exception {
    reading.next();
    tell(0, 50, 120, ids(0, 50));
    List<ApiRequest> others = reading.next();
    tell(50, 50, 121, ids(50, 100));
    assertThat(reading.next(), is(empty()));
    assertThat(reading.dropIfObsolete(others.get(1)), is(true));
    assertThat(offsets(reading.next()), contains(0));
    tell(0, 50, 121, ids(1, 51));
    assertThat(offsets(reading.next()), contains(50, 100));
    tell(50, 50, 121, ids(51, 101));
    tell(100, 50, 121, ids(101, 122));
    assertThat(reading.outcome(), is(RawOutcome.COMPLETE));
    assertReplayed(ids(1, 122));
  }

  @Test
  void whatMovesAgainAndAgainIsAGap() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(offsets(reading.next()), contains(0));
      tell(0, 50, 51 + i, ids(0, 50));
      reading.next();
      tell(50, 50, 90 + i, List.of());
    }
    assertThat(reading.outcome(), is(RawOutcome.NONE));
    assertThat(reading.reason(), is(Reason.TORN_READ));
    assertThat(reading.next(), is(empty()));
  }

  @Test
  void entriesThatSayNothingArePassedOver() throws Exception {
    reading.next();
    tell(body(4, "null,{},{\"id\":7},{\"id\":\"p1\"}"));
    assertThat(reading.outcome(), is(RawOutcome.COMPLETE));
    assertThat(reading.playlists().keySet(), contains("p1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"items\":[]}", "{\"total\":-1,\"items\":[]}", "<html>"})
  void whatIsNoPageIsNotTakenForAnEmptyOne(String body) {
    ApiRequest first = reading.next().get(0);
    assertThrows(
        MalformedResponseException.class, () -> reading.parse(first, attempt(0, 50, body)));
  }

  @Test
  void aFailureKeepsThePagesThatCame() throws Exception {
    reading.next();
    tell(0, 50, 60, ids(0, 50));
    reading.failed(reading.next().get(0), Reason.SERVER_ERROR);
    assertThat(reading.outcome(), is(RawOutcome.PARTIAL));
    assertThat(reading.reason(), is(Reason.SERVER_ERROR));
    assertThat(reading.playlists().keySet(), hasSize(50));
  }

  private void tell(int offset, int limit, int total, List<String> ids) throws Exception {
    String entries =
        ids.stream()
            .map(id -> "{\"id\":\"" + id + "\",\"snapshot_id\":\"s\",\"tracks\":{\"total\":3}}")
            .collect(Collectors.joining(","));
    tell(attempt(offset, limit, body(total, entries)));
  }

  private void tell(String body) throws Exception {
    tell(attempt(0, 50, body));
  }

  private void tell(RawAttempt attempt) throws Exception {
    told.add(attempt);
    ApiRequest request = ApiRequest.parse(attempt.request());
    reading.succeeded(request, attempt, reading.parse(request, attempt));
  }

  private static String body(int total, String entries) {
    return "{\"total\":" + total + ",\"items\":[" + entries + "]}";
  }

  private static RawAttempt attempt(int offset, int limit, String body) {
    return new RawAttempt(
        "GET /v1/me/playlists?limit=" + limit + "&offset=" + offset,
        200,
        Instant.EPOCH,
        Map.of(),
        body);
  }

  /** What was told in this order tells the same when it is read back. */
  private void assertReplayed(List<String> ids) {
    RawObject stored = new RawObject(told, RawOutcome.COMPLETE, null);
    assertThat(List.copyOf(Library.of(stored).listed().keySet()), is(ids));
  }

  private static List<Integer> offsets(List<ApiRequest> requests) {
    return requests.stream().map(request -> ((ApiRequest.LibraryPage) request).offset()).toList();
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "p" + i).toList();
  }
}
