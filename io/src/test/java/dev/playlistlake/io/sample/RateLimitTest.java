package dev.playlistlake.io.sample;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final RateLimit limit = new RateLimit(2, Duration.ofSeconds(3));

  @Test
  void theWindowRollsAndRefusedRequestsDoNotCount() {
    assertThat(limit.retryAfter(0), is(0L));
    assertThat(limit.retryAfter(SECOND), is(0L));
    assertThat(limit.retryAfter(SECOND), is(2L));
    assertThat(limit.retryAfter(2 * SECOND + 1), is(1L));
    assertThat(limit.retryAfter(3 * SECOND - 1), is(1L));
    assertThat(limit.retryAfter(3 * SECOND), is(0L));
    assertThat(limit.retryAfter(3 * SECOND), is(1L));
    assertThat(limit.retryAfter(4 * SECOND), is(0L));
  }

  @Test
  void aLoweredLimitWaitsUntilEnoughHaveLeft() {
    limit.retryAfter(0);
    limit.retryAfter(SECOND);
    limit.change(1);
    assertThat(limit.retryAfter(2 * SECOND), is(2L));
    assertThat(limit.retryAfter(4 * SECOND), is(0L));
  }

  @Test
  void noLimitIsAMistake() {
    assertThrows(IllegalArgumentException.class, () -> new RateLimit(0, Duration.ofSeconds(1)));
    assertThrows(IllegalArgumentException.class, () -> new RateLimit(1, Duration.ZERO));
  }

  @Test
  void theStandInAnswers429AboveItWithTheSecondsToWait() throws Exception {
    try (SpotifyStandIn standIn =
        SpotifyStandIn.start(new MapCatalog(), StandInOptions.defaults())) {
      standIn.limit(new RateLimit(2, Duration.ofSeconds(60)));
      // Its sign-in does not count.
      StandInClient client = new StandInClient(standIn);
      client.get("/v1/playlists/p");
      client.get("/v1/playlists/p");
      HttpResponse<String> refused = client.get("/v1/playlists/p");
      assertThat(refused.statusCode(), is(429));
      long wait = Long.parseLong(refused.headers().firstValue("Retry-After").orElse("0"));
      assertThat(wait, is(lessThanOrEqualTo(60L)));
      assertThat(wait > 50, is(true));
      standIn.limit(null);
      assertThat(client.get("/v1/playlists/p").statusCode(), is(404));
      List<Integer> statuses =
          standIn.requests().stream()
              .filter(request -> !request.isToken())
              .map(LoggedRequest::status)
              .toList();
      assertThat(statuses, contains(404, 404, 429, 404));
    }
  }

  @Test
  void manyThreadsGetNoMoreThanAllowed() {
    RateLimit shared = new RateLimit(100, Duration.ofSeconds(3));
    long admitted =
        IntStream.range(0, 10_000).parallel().filter(i -> shared.retryAfter(0) == 0).count();
    assertThat(admitted, is(100L));
  }
}
