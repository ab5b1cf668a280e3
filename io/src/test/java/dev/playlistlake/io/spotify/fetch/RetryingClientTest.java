package dev.playlistlake.io.spotify.fetch;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.auth.AccessTokens;
import dev.playlistlake.io.spotify.auth.AccountsClient;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.auth.SignInException;
import dev.playlistlake.io.spotify.fetch.RawServer.Raw;
import dev.playlistlake.io.spotify.fetch.RawServer.Then;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.http.SpotifyTransport;
import dev.playlistlake.io.spotify.http.WebApiClient;
import dev.playlistlake.io.spotify.land.SpotifyLab;
import dev.playlistlake.io.spotify.rate.RateLimiter;
import dev.playlistlake.io.spotify.rate.Sleeper;
import dev.playlistlake.io.spotify.rate.TestClock;
import dev.playlistlake.io.spotify.reading.DetailFetch;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.ClosedFamily;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.FetchReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One request, over real sockets, whatever comes back. */
class RetryingClientTest {
  private static final String ID = SpotifyLab.id("p");
  private static final String OTHER = SpotifyLab.id("other");
  private static final byte[] PLAYLIST =
      bytes("{\"id\":\"p\",\"name\":\"n\",\"tracks\":{\"items\":[],\"total\":0}}");
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
  private static final String LENGTH = "\r\nContent-Length: ";
  private static final Raw GOOD =
      Raw.of(OK + LENGTH + PLAYLIST.length, PLAYLIST, Then.WAIT_FOR_MORE);

  /** Draws the longest pause each time, or none. */
  private static final RandomGenerator LONGEST = draw(1);

  private static final RandomGenerator NONE = draw(0);

  private final MapCatalog catalog = new MapCatalog();
  private final SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults());
  private final TestClock clock = TestClock.real();
  private RunLimits asked = new RunLimits(null, FetchReport.start());
  private final FetchMetrics numbers = new FetchMetrics();
  private final List<SpotifyTransport> transports = new ArrayList<>();
  private URI api = spotify.url();
  private Duration answerTimeout = Duration.ofSeconds(20);
  private Duration retryTimeout = Duration.ofSeconds(100);
  private Duration maxRetryAfter = Duration.ofSeconds(60);

  @AfterEach
  void close() throws IOException {
    for (SpotifyTransport transport : transports) {
      transport.close();
    }
    spotify.close();
  }

  private RetryingClient retrying(RandomGenerator random, Sleeper sleeper) {
    SpotifySettings settings =
        new SpotifySettings(
            new HttpSettings(api, spotify.url(), 4, Duration.ofSeconds(5), answerTimeout),
            CredentialsRef.sample(),
            null,
            maxRetryAfter,
            retryTimeout,
            Duration.ofMillis(500),
            false,
            UserIdPolicy.keep(),
            LiveNumbers.nowhere(),
            Clock.systemUTC());
    SpotifyTransport transport = new SpotifyTransport(settings.http());
    transports.add(transport);
    WebApiClient client = new WebApiClient(transport, (request, body) -> body, clock);
    AccessTokens session =
        new AccessTokens(new AccountsClient(transport), settings.credentials(), clock, clock);
    RateLimiter rateLimiter =
        new RateLimiter(
            settings.http().connections(),
            asked::maySend,
            asked.rateLimiter(),
            asked::learned,
            clock,
            sleeper,
            numbers::throttled);
    return new RetryingClient(
        settings,
        client,
        session,
        rateLimiter,
        asked,
        numbers,
        new Refusals(),
        clock,
        sleeper,
        random);
  }

  private Attempts.Reply ask(RandomGenerator random) throws InterruptedException {
    return ask(retrying(random, clock), ID);
  }

  private static Attempts.Reply ask(RetryingClient retrying, String id)
      throws InterruptedException {
    return retrying.fetch(
        PlaylistFetch.fetching(id, null, false),
        new ApiRequest.FirstAnswer(id),
        RawAttempt.Role.FIRST);
  }

  /** Each endpoint has a quota of its own, which Spotify says when to ask again. */
  @Test
  void aClosedFamilyIsNotSentUntilItsTimeIsOver() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1)).put(SpotifyLab.playlist(OTHER, 1));
    RetryingClient retrying = retrying(NONE, clock);
    spotify.quota("/v1/playlists/{id}", 0, Duration.ofSeconds(30));
    assertThat(ask(retrying, ID).reason(), is(Reason.QUOTA_EXCEEDED));
    Attempts.Reply closed = ask(retrying, OTHER);
    assertThat(closed.reason(), is(Reason.QUOTA_EXCEEDED));
    assertThat(closed.attempts(), is(empty()));
    String album = SpotifyLab.id("album t0");
    Attempts.Reply other =
        retrying.fetch(
            DetailFetch.oneByOne("a", SubjectType.ALBUM, List.of(album)),
            new ApiRequest.SingleDetail(SubjectType.ALBUM, album),
            RawAttempt.Role.FIRST);
    assertThat(statuses(other), contains(200));
    assertThat(asked.stoppedBy(), is(nullValue()));
    spotify.clearQuotas();
    clock.move(Duration.ofSeconds(31));
    assertThat(statuses(ask(retrying, OTHER)), contains(200));
    assertThat(asked.report(List.of()).closedFamilies(), hasSize(1));
  }

  @Test
  void aQuotaWithoutATimeClosesForTheRun() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    RetryingClient retrying = retrying(NONE, clock);
    spotify.quota("/v1/playlists/{id}", 0, Duration.ZERO);
    ask(retrying, ID);
    clock.move(Duration.ofDays(2));
    assertThat(ask(retrying, ID).attempts(), is(empty()));
    assertThat(
        asked.report(List.of()).closedFamilies(),
        contains(new ClosedFamily("/v1/playlists/{id}", null)));
  }

  private static List<Integer> statuses(Attempts.Reply reply) {
    List<Integer> statuses = new ArrayList<>();
    for (RawAttempt attempt : reply.attempts()) {
      Integer status = attempt.status();
      statuses.add(status == null ? 0 : status);
    }
    return statuses;
  }

  private static RandomGenerator draw(int share) {
    return new RandomGenerator() {
      @Override
      public long nextLong() {
        throw new UnsupportedOperationException("only bounded numbers are drawn");
      }

      @Override
      public long nextLong(long bound) {
        return share * (bound - 1);
      }
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] plain) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static Raw announced(String length, Then then) {
    return Raw.of(OK + LENGTH + length, PLAYLIST, then);
  }

  /** Answers that are broken on the wire, and what their first attempt is seen as. */
  static Stream<Arguments> brokenAnswers() {
    byte[] packed = gzip(PLAYLIST);
    byte[] half = Arrays.copyOf(packed, packed.length / 2);
    String gzip = OK + "\r\nContent-Encoding: gzip";
    byte[] html = bytes("<html><body>Bad gateway</body></html>");
    String chunked = OK + "\r\nTransfer-Encoding: chunked";
    int length = PLAYLIST.length;
    return Stream.of(
        Arguments.of("shorter than announced", 0, announced("" + (length + 10), Then.CLOSE)),
        Arguments.of("longer than announced", 200, announced("" + (length - 10), Then.CLOSE)),
        Arguments.of("and kept open", 200, announced("" + (length - 10), Then.WAIT_FOR_MORE)),
        Arguments.of("absurdly long, announced", 0, announced("99999999999", Then.CLOSE)),
        Arguments.of("too long for memory, announced", 0, announced("2147483000", Then.CLOSE)),
        Arguments.of("a negative length", 0, announced("-5", Then.CLOSE)),
        Arguments.of("a length in words", 0, announced("many", Then.CLOSE)),
        Arguments.of("reset within", 0, announced("" + (length + 10), Then.RESET)),
        Arguments.of("reset at once", 0, Raw.of(new byte[0], Then.RESET)),
        Arguments.of("closed at once", 0, Raw.of(new byte[0], Then.CLOSE)),
        Arguments.of("a cut status line", 0, GOOD.cut(6)),
        Arguments.of("a cut head", 200, GOOD.cut(30)),
        Arguments.of("no HTTP", 0, Raw.of("SSH-2.0-x", new byte[0], Then.CLOSE)),
        Arguments.of("cut gzip", 0, Raw.of(gzip + LENGTH + half.length, half, Then.CLOSE)),
        Arguments.of("no gzip", 0, Raw.of(gzip + LENGTH + length, PLAYLIST, Then.CLOSE)),
        Arguments.of("a cut chunk", 0, Raw.of(chunked, bytes("ff\r\n{"), Then.CLOSE)),
        Arguments.of("a chunk of no size", 0, Raw.of(chunked, bytes("x\r\n{}"), Then.CLOSE)),
        Arguments.of("HTML", 200, Raw.of(OK + LENGTH + html.length, html, Then.CLOSE)),
        Arguments.of("HTML, no length", 200, Raw.of(OK, html, Then.CLOSE)),
        Arguments.of("nothing", 200, Raw.of(OK + LENGTH + 0, new byte[0], Then.CLOSE)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenAnswers")
  void aBrokenAnswerHealsWithAGoodOne(String name, int status, Raw broken) throws Exception {
    try (RawServer server = new RawServer(List.of(broken, GOOD))) {
      api = server.url();
      Attempts.Reply reply = ask(LONGEST);
      assertThat(statuses(reply).get(0), is(status));
      assertThat(reply.parsed(), is(notNullValue()));
      assertThat(reply.last().body(), is(new String(PLAYLIST, StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenAnswers")
  void oneThatStaysBrokenIsGivenUp(String name, int status, Raw broken) throws Exception {
    try (RawServer server = new RawServer(List.of(broken))) {
      api = server.url();
      Attempts.Reply reply = ask(LONGEST);
      assertThat(reply.attempts(), hasSize(5));
      assertThat(
          reply.reason(),
          is(reply.last().status() == null ? Reason.TIMEOUT : Reason.MALFORMED_ANSWER));
      assertThat(statuses(reply).get(0), is(status));
    }
  }

  /** Bytes that keep coming, and none at all. */
  static Stream<Arguments> slowAnswers() {
    return Stream.of(
        Arguments.of("a dripping body", Scripted.drip(Duration.ofMillis(50))),
        Arguments.of("silence", Scripted.stall(Duration.ofSeconds(10))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("slowAnswers")
  void anAnswerThatIsNotWholeInTimeIsCutOff(String name, Scripted slow) throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    answerTimeout = Duration.ofMillis(500);
    spotify.script(ID, slow);
    long start = System.nanoTime();
    Attempts.Reply reply = ask(NONE);
    assertThat(statuses(reply), contains(0, 200));
    assertThat(reply.parsed(), is(notNullValue()));
    assertThat(System.nanoTime() - start, is(lessThan(Duration.ofSeconds(5).toNanos())));
  }

  @Test
  void aDrippingHeadIsCutOffToo() throws Exception {
    answerTimeout = Duration.ofMillis(500);
    try (RawServer server = new RawServer(List.of(GOOD.slowly(20), GOOD))) {
      api = server.url();
      assertThat(statuses(ask(NONE)), contains(0, 200));
    }
  }

  @Test
  void aSignInThatDripsIsCutOff() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    answerTimeout = Duration.ofMillis(500);
    spotify.script("/api/token", Scripted.drip(Duration.ofMillis(50)));
    Attempts.Reply reply = ask(NONE);
    assertThat(statuses(reply), contains(200));
  }

  @Test
  void noAttemptBeginsThatMightNotEndInTimeForAll() throws Exception {
    answerTimeout = Duration.ofMillis(200);
    retryTimeout = Duration.ofMillis(700);
    spotify.scriptAlways(ID, Scripted.stall(Duration.ofSeconds(10)));
    Attempts.Reply reply = ask(NONE);
    // At 0, 200 and 400 milliseconds, or later; one at 600 would have to end by 800.
    assertThat(reply.attempts().size(), is(lessThanOrEqualTo(3)));
    assertThat(reply.reason(), is(Reason.TIMEOUT));
  }

  @Test
  void pausesCountForTheTimeOfAllAttempts() throws Exception {
    answerTimeout = Duration.ofSeconds(10);
    retryTimeout = Duration.ofSeconds(11);
    spotify.scriptAlways(ID, Scripted.status(503, ""));
    Attempts.Reply reply = ask(LONGEST);
    // Pauses of half a second and of one: the third attempt would come too late.
    assertThat(statuses(reply), contains(503, 503));
    assertThat(numbers.sum(FetchMetrics.Count.REQUESTS), is(2L));
    assertThat(numbers.sum(FetchMetrics.Count.RETRIES), is(1L));
    assertThat(reply.reason(), is(Reason.SERVER_ERROR));
    assertThat(clock.slept(), is(Duration.ofMillis(500)));
  }

  @Test
  void waitingAtTheGateDoesNotCount() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    retryTimeout = answerTimeout.plusSeconds(5);
    Scripted later = Scripted.status(429, "{}").withHeader("Retry-After", "50");
    spotify.script(ID, later, later, later);
    Attempts.Reply reply = ask(LONGEST);
    assertThat(statuses(reply), contains(429, 429, 429, 200));
    assertThat(clock.slept(), is(greaterThanOrEqualTo(Duration.ofSeconds(149))));
  }

  @Test
  void a429WithoutAWaitMakesAllWaitAsLongAsItsOwnPause() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    spotify.script(ID, Scripted.status(429, "{}"));
    Attempts.Reply reply = ask(LONGEST);
    assertThat(statuses(reply), contains(429, 200));
    assertThat(clock.slept(), is(lessThanOrEqualTo(Duration.ofMillis(500))));
    assertThat(
        asked.rateLimiter().closedUntil(),
        is(greaterThanOrEqualTo(reply.attempts().get(0).fetchedAt().plusMillis(499))));
  }

  @Test
  void aFractionIsWaitedFor() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    spotify.script(ID, Scripted.status(429, "{}").withHeader("Retry-After", "1.5"));
    Attempts.Reply reply = ask(LONGEST);
    assertThat(statuses(reply), contains(429, 200));
    assertThat(
        asked.rateLimiter().closedUntil(),
        is(greaterThanOrEqualTo(reply.attempts().get(0).fetchedAt().plusMillis(1499))));
  }

  @Test
  void nobodySleepsLongerThanAllowed() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    maxRetryAfter = Duration.ZERO;
    spotify.script(ID, Scripted.status(429, "{}"));
    assertThat(statuses(ask(LONGEST)), contains(429, 200));
    assertThat(clock.sleeps(), is(empty()));
  }

  @Test
  void aPauseEndsSoonAfterTheAsking() throws Exception {
    spotify.scriptAlways(ID, Scripted.status(503, ""));
    RetryingClient retrying =
        retrying(
            LONGEST,
            time -> {
              clock.sleep(time);
              if (clock.slept().compareTo(Duration.ofSeconds(1)) > 0) {
                asked.stop(Reason.INTERRUPTED, null);
              }
            });
    Attempts.Reply reply = ask(retrying, ID);
    assertThat(statuses(reply), contains(503, 503));
    assertThat(reply.reason(), is(Reason.INTERRUPTED));
    assertThat(clock.sleeps(), everyItem(is(lessThanOrEqualTo(Duration.ofMillis(250)))));
    assertThat(clock.slept(), is(lessThanOrEqualTo(Duration.ofMillis(1_250))));
  }

  @Test
  void anExpiredTokenIsRenewedOnceForAll() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    RetryingClient retrying = retrying(NONE, clock);
    ask(retrying, ID);
    spotify.expireTokens();
    assertThat(statuses(ask(retrying, ID)), contains(401, 200));
    assertThat(statuses(ask(retrying, ID)), contains(200));
    assertThat(tokens(), is(2L));
  }

  /** Renewed by another request, used there, and expired again: no refusal of a fresh token. */
  @Test
  void aTokenThatWorkedForAnotherRequestIsOnlyExpired() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    catalog.put(SpotifyLab.playlist(OTHER, 1));
    RetryingClient retrying = retrying(NONE, clock);
    List<Attempts.Reply> others = new ArrayList<>();
    Scripted expired = Scripted.status(401, "{}");
    spotify.script(
        ID,
        expired,
        expired.then(
            () -> {
              try {
                others.add(ask(retrying, OTHER));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }));
    Attempts.Reply reply = ask(retrying, ID);
    assertThat(statuses(others.get(0)), contains(200));
    assertThat(statuses(reply), contains(401, 401, 200));
    assertThat(asked.refusal(), is(nullValue()));
    // The third 401 came a moment after the second token.
    assertThat(tokens(), is(2L));
  }

  /** Where tokens expire all the time, a request that meets only expired ones is not refused. */
  @Test
  void aTokenThatWasReplacedMeanwhileSaysNothingOfTheSubject() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    catalog.put(SpotifyLab.playlist(OTHER, 1));
    RetryingClient retrying = retrying(NONE, clock);
    Scripted replaced =
        Scripted.status(401, "{}")
            .then(
                () -> {
                  try {
                    spotify.expireTokens();
                    ask(retrying, OTHER);
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    spotify.script(ID, replaced, replaced, replaced, replaced, replaced);
    assertThat(statuses(ask(retrying, ID)), contains(401, 401, 401, 401, 401, 200));
  }

  @Test
  void aFreshTokenThatNeverWorkedIsRefusedForGood() throws Exception {
    spotify.scriptAlways("/v1/", Scripted.status(401, "{}"));
    assertThat(statuses(ask(NONE)), contains(401, 401, 401, 401, 401));
    // Another request may still succeed.
    assertThat(asked.refusal(), is(nullValue()));
    asked.settle();
    assertThat(asked.refusal(), is(SignInException.UNAUTHORIZED));
  }

  /** Hundreds more would only take long. */
  @Test
  void threeRequestsWithNothingBut401sAreEnough() throws Exception {
    spotify.scriptAlways("/v1/", Scripted.status(401, "{}"));
    RetryingClient retrying = retrying(NONE, clock);
    ask(retrying, ID);
    ask(retrying, OTHER);
    assertThat(asked.refusal(), is(nullValue()));
    ask(retrying, SpotifyLab.id("third"));
    assertThat(asked.refusal(), is(SignInException.UNAUTHORIZED));
  }

  /** Spotify has refused good tokens for seconds. */
  @Test
  void a401IsAskedAgainForSomeSecondsWithFewTokens() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    Scripted refused = Scripted.status(401, "{}");
    spotify.script(ID, refused, refused, refused, refused);
    Instant begun = clock.instant();
    assertThat(statuses(ask(NONE)), contains(401, 401, 401, 401, 200));
    assertThat(
        Duration.between(begun, clock.instant()), greaterThanOrEqualTo(Duration.ofSeconds(6)));
    assertThat(tokens(), lessThanOrEqualTo(4L));
  }

  /** Later 401s, even with fresh tokens, are a gap of their own request only. */
  @Test
  void noTokenIsRefusedForGoodOnceARequestSucceeded() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    RetryingClient retrying = retrying(NONE, clock);
    ask(retrying, ID);
    spotify.scriptAlways(OTHER, Scripted.status(401, "{}"));
    Attempts.Reply reply = ask(retrying, OTHER);
    assertThat(statuses(reply), contains(401, 401, 401, 401, 401));
    assertThat(reply.reason(), is(Reason.FORBIDDEN));
    asked.settle();
    assertThat(asked.refusal(), is(nullValue()));
    assertThat(statuses(ask(retrying, ID)), contains(200));
  }

  /** The playlists' stage has succeeded, so the details' stage has no reason to doubt the token. */
  @Test
  void theSuccessOfAnEarlierStageCounts() throws Exception {
    catalog.put(SpotifyLab.playlist(ID, 1));
    ask(NONE);
    asked = new RunLimits(null, asked.report(List.of()));
    spotify.scriptAlways("/v1/", Scripted.status(401, "{}"));
    assertThat(ask(NONE).reason(), is(Reason.FORBIDDEN));
    asked.settle();
    assertThat(asked.refusal(), is(nullValue()));
  }

  /** What says nothing of the token does not vouch for it. */
  @Test
  void aServerErrorIsNoSuccess() throws Exception {
    Scripted expired = Scripted.status(401, "{}");
    spotify.script(ID, Scripted.status(503, ""), expired, expired, expired, expired);
    assertThat(statuses(ask(NONE)), contains(503, 401, 401, 401, 401));
    asked.settle();
    assertThat(asked.refusal(), is(SignInException.UNAUTHORIZED));
  }

  private long tokens() {
    return spotify.requests().stream().filter(request -> request.isToken()).count();
  }
}
