package dev.playlistlake.io.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A server on 127.0.0.1 that answers as api.spotify.com and accounts.spotify.com do, from a catalog
 * of its own. Every request is logged, and any can be given a scripted answer.
 */
public final class SpotifyStandIn implements AutoCloseable {

  static {
    // Read once, when the server class loads. Without it the headers and the body of an answer,
    // two packets, wait 40 ms for each other.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final StandInOptions options;
  private final HttpServer server;
  private final ExecutorService threads;
  private final WebApi api;
  private final TokenService tokens;
  private final ConsentPage consentPage;
  private final RequestLog log = new RequestLog();
  private final Scripts scripts = new Scripts();
  private final Map<String, Answer> cache = new ConcurrentHashMap<>();
  private volatile @Nullable Faults faults;
  private volatile @Nullable RateLimit limit;

  private SpotifyStandIn(StandInCatalog catalog, StandInOptions options, HttpServer server) {
    this.options = options;
    this.server = server;
    this.api = new WebApi(
            catalog,
            options.dialect(),
            options.embeddedItems(),
            options.markets(),
            options.snapshotIds());
    this.tokens = new TokenService(options);
    this.consentPage = new ConsentPage(options, tokens);
    // A waiting answer holds its thread, so there are as many as there are requests in flight.
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "spotify-stand-in");
              thread.setDaemon(true);
              return thread;
            });
  }

  public static SpotifyStandIn start(StandInCatalog catalog, StandInOptions options) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server =
          HttpServer.create(new InetSocketAddress(loopback, options.port()), /* backlog= */ 256);
      SpotifyStandIn standIn = new SpotifyStandIn(catalog, options, server);
      server.setExecutor(standIn.threads);
      server.createContext("/", standIn::handle);
      server.start();
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Scheme, host and port; for the API and for accounts. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All requests in order of arrival, those for tokens included. */
  public List<LoggedRequest> requests() {
    return log.requests();
  }

  /** How many requests came to the Web API. */
  public int apiRequests() {
    return (int) requests().stream().filter(request -> !request.isOfAccounts()).count();
  }

  /** The most requests that were open at once, those for tokens apart. */
  public int mostInFlight() {
    return log.mostInFlight();
  }

  public void clearLog() {
    log.clear();
  }

  /** The next requests that match get these answers in turn; tokens are requests too. */
  public void script(Predicate<LoggedRequest> matches, Scripted... answers) {
    scripts.add(matches, List.of(answers));
  }

  /** As above, for requests in whose {@code path?query} the regular expression is found. */
  public void script(String regex, Scripted... answers) {
    script(found(regex), answers);
  }

  /** Every request that matches gets this answer, unless a script with answers left has one. */
  public void scriptAlways(Predicate<LoggedRequest> matches, Scripted answer) {
    scripts.addAlways(matches, answer);
  }

  /** As above, for requests in whose {@code path?query} the regular expression is found. */
  public void scriptAlways(String regex, Scripted answer) {
    scriptAlways(found(regex), answer);
  }

  public void clearScripts() {
    scripts.clear();
  }

  /** From now on things go wrong; null for no more. */
  public void disturb(@Nullable Faults newFaults) {
    faults = newFaults;
  }

  /** The access tokens given so far have expired. */
  public void expireTokens() {
    tokens.expireTokens();
  }

  /** Accepts a refresh token from now on as one that a user gave to an app without a secret. */
  public void grantByPkce(String refreshToken) {
    tokens.grantByPkce(refreshToken);
  }

  /** No refresh token that was given so far is accepted any more. */
  public void revokeRefreshToken() {
    tokens.revokeRefreshToken();
  }

  /** Requests above this limit are answered 429, whatever is scripted; null for no limit. */
  public void limit(@Nullable RateLimit newLimit) {
    limit = newLimit;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private static Predicate<LoggedRequest> found(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return request -> pattern.matcher(request.pathAndQuery()).find();
  }

  private void handle(HttpExchange exchange) throws IOException {
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery();
    LoggedRequest request =
        new LoggedRequest(
            exchange.getRequestMethod(),
            uri.getRawPath(),
            query == null ? "" : query,
            0,
            System.nanoTime(),
            0);
    RequestLog.Entry entry = log.arrived(request);
    Answer answer;
    Scripted script;
    try {
      Answer refusal = overTheLimit(request);
      script = refusal == null ? disturbed(request, scripts.next(request)) : Scripted.normal();
      answer = refusal == null ? answer(exchange, request, script) : refusal;
      waitUntil(request.startNanos() + options.latency().plus(script.stall()).toNanos());
    } catch (InterruptedException e) {
      log.answered(entry, 0);
      Thread.currentThread().interrupt();
      exchange.close();
      return;
    } catch (RuntimeException e) {
      // A hook or predicate of a test that failed: seen as a 500 rather than as a broken line.
      script = Scripted.normal();
      answer = Answer.bytes(500, e.toString().getBytes(StandardCharsets.UTF_8), "text/plain");
    }
    log.answered(entry, script.ending() == Scripted.Ending.NOTHING ? 0 : answer.status());
    send(exchange, answer, script);
  }

  private @Nullable Answer overTheLimit(LoggedRequest request) {
    RateLimit current = limit;
    long wait =
        current == null || request.isOfAccounts() ? 0 : current.retryAfter(request.startNanos());
    return wait == 0
        ? null
        : Answer.error(429, "API rate limit exceeded").withHeader("Retry-After", "" + wait);
  }

  private Scripted disturbed(LoggedRequest request, Scripted script) {
    Faults inForce = faults;
    return inForce == null || request.isOfAccounts()
        ? script
        : inForce.instead(request, script, tokens::expireUsedTokens);
  }

  private Answer answer(HttpExchange exchange, LoggedRequest request, Scripted script)
      throws IOException {
    byte[] form = exchange.getRequestBody().readAllBytes();
    script.runHook();
    if (script.answer() != null) {
      return script.edited(script.answer());
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (request.isToken()) {
      return script.edited(
          tokens.issue(request.method(), authorization, new String(form, StandardCharsets.UTF_8)));
    }
    if (request.isConsent()) {
      return script.edited(
          consentPage.answer(
              request.method(), request.query(), new String(form, StandardCharsets.UTF_8)));
    }
    Answer refusal = tokens.refusal(authorization);
    if (refusal == null) {
      refusal = TokenService.refusal(request.path(), tokens.userScopes(authorization));
    }
    if (refusal != null) {
      return script.edited(refusal);
    }
    boolean gzip = acceptsGzip(exchange);
    if (options.cacheAnswers() && options.snapshotIds() == null && script.plain()) {
      String key = request.method() + gzip + request.pathAndQuery();
      return cache.computeIfAbsent(key, unused -> ordinary(request, script, gzip));
    }
    return ordinary(request, script, gzip);
  }

  private Answer ordinary(LoggedRequest request, Scripted script, boolean gzip) {
    Answer answer = script.edited(api.answer(request.method(), request.path(), request.query()));
    return gzip ? answer.gzipped() : answer;
  }

  private static boolean acceptsGzip(HttpExchange exchange) {
    @Nullable String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
    return accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static void waitUntil(long nanos) throws InterruptedException {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  private static void send(HttpExchange exchange, Answer answer, Scripted script)
      throws IOException {
    // Closing an exchange before its whole answer was written closes the connection.
    try (exchange) {
      if (script.ending() == Scripted.Ending.NOTHING) {
        return;
      }
      answer.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = answer.body();
      // To this server a length of 0 means "not known", -1 means none.
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      OutputStream out = exchange.getResponseBody();
      switch (script.ending()) {
        case WHOLE -> out.write(body);
        case HALF -> out.write(body, 0, body.length / 2);
        case BYTE_BY_BYTE -> drip(out, body, script.stall());
        case NOTHING -> throw new IllegalStateException("nothing is sent");
      }
      out.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void drip(OutputStream out, byte[] body, Duration silence)
      throws IOException, InterruptedException {
    for (byte one : body) {
      TimeUnit.NANOSECONDS.sleep(silence.toNanos());
      out.write(one);
      out.flush();
    }
  }
}
