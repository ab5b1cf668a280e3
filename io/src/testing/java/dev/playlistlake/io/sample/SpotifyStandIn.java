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
 * A server on 127.0.0.1 that responds like api.spotify.com and accounts.spotify.com, from a given
 * catalog. It logs every request, and any request can get a scripted response.
 */
public final class SpotifyStandIn implements AutoCloseable {

  static {
    // Read once at class loading. Without it, a body is sent 40 ms after its headers.
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
  private final Map<String, Response> cache = new ConcurrentHashMap<>();
  private final Limits limits = new Limits();
  private volatile @Nullable Faults faults;

  private SpotifyStandIn(StandInCatalog catalog, StandInOptions options, HttpServer server) {
    this.options = options;
    this.server = server;
    this.api =
        new WebApi(
            catalog,
            options.dialect(),
            options.embeddedItems(),
            options.markets(),
            options.snapshotIds());
    this.tokens = new TokenService(options);
    this.consentPage = new ConsentPage(options, tokens);
    // A waiting response blocks its thread, so each request in flight needs one.
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "spotify-stand-in");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts a stand-in; close it after use.
   *
   * @throws UncheckedIOException if it cannot listen on the port
   */
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

  /** Scheme, host and port, for the Web API and the accounts service alike. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** All requests in order of arrival, token requests included. */
  public List<LoggedRequest> requests() {
    return log.requests();
  }

  /** The number of requests to the Web API. */
  public int apiRequests() {
    return (int) requests().stream().filter(request -> !request.isOfAccounts()).count();
  }

  /** The most Web API requests in flight at once. */
  public int mostInFlight() {
    return log.mostInFlight();
  }

  public void clearLog() {
    log.clear();
  }

  /** The next matching requests get these responses in turn; token requests match too. */
  public void script(Predicate<LoggedRequest> matches, Scripted... responses) {
    scripts.add(matches, List.of(responses));
  }

  /** As above, for requests whose {@code path?query} contains a match of the regex. */
  public void script(String regex, Scripted... responses) {
    script(matching(regex), responses);
  }

  /** Every matching request gets this response, unless a {@link #script} with some left matches. */
  public void scriptAlways(Predicate<LoggedRequest> matches, Scripted response) {
    scripts.addAlways(matches, response);
  }

  /** As above, for requests whose {@code path?query} contains a match of the regex. */
  public void scriptAlways(String regex, Scripted response) {
    scriptAlways(matching(regex), response);
  }

  public void clearScripts() {
    scripts.clear();
  }

  /** Injects faults from now on; null ends them. */
  public void disturb(@Nullable Faults newFaults) {
    faults = newFaults;
  }

  /** Expires all access tokens issued so far. */
  public void expireTokens() {
    tokens.expireTokens();
  }

  /** Accepts this refresh token from now on, as one obtained with PKCE. */
  public void grantByPkce(String refreshToken) {
    tokens.grantByPkce(refreshToken);
  }

  /** Revokes all refresh tokens. */
  public void revokeRefreshToken() {
    tokens.revokeRefreshToken();
  }

  /** Requests above this limit get a 429, whatever is scripted; null for no limit. */
  public void limit(@Nullable RateLimit newLimit) {
    limits.rate(newLimit);
  }

  /** This many more requests of a family, such as {@code /v1/albums/{id}}; then QUOTA_EXCEEDED. */
  public void quota(String family, int requests, Duration retryAfter) {
    limits.quota(family, requests, retryAfter);
  }

  public void clearQuotas() {
    limits.clearQuotas();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private static Predicate<LoggedRequest> matching(String regex) {
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
    Response response;
    Scripted script;
    try {
      Response refusal = limits.refusal(request);
      script = refusal == null ? disturbed(request, scripts.next(request)) : Scripted.normal();
      response = refusal == null ? respond(exchange, request, script) : refusal;
      waitUntil(request.startNanos() + options.latency().plus(script.stall()).toNanos());
    } catch (InterruptedException e) {
      log.answered(entry, 0);
      Thread.currentThread().interrupt();
      exchange.close();
      return;
    } catch (RuntimeException e) {
      // A test's hook or predicate failed: show that as a 500, not as a broken connection.
      script = Scripted.normal();
      response = Response.bytes(500, e.toString().getBytes(StandardCharsets.UTF_8), "text/plain");
    }
    log.answered(entry, script.ending() == Scripted.Ending.NOTHING ? 0 : response.status());
    send(exchange, response, script);
  }

  private Scripted disturbed(LoggedRequest request, Scripted script) {
    Faults current = faults;
    return current == null || request.isOfAccounts()
        ? script
        : current.instead(request, script, tokens::expireUsedTokens);
  }

  private Response respond(HttpExchange exchange, LoggedRequest request, Scripted script)
      throws IOException {
    byte[] form = exchange.getRequestBody().readAllBytes();
    script.runHook();
    if (script.response() != null) {
      return script.edited(script.response());
    }
    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (request.isToken()) {
      return script.edited(
          tokens.issue(request.method(), authorization, new String(form, StandardCharsets.UTF_8)));
    }
    if (request.isConsent()) {
      return script.edited(
          consentPage.respond(
              request.method(), request.query(), new String(form, StandardCharsets.UTF_8)));
    }
    Response refusal = tokens.refusal(request.path(), authorization);
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

  private Response ordinary(LoggedRequest request, Scripted script, boolean gzip) {
    Response whole = script.edited(api.respond(request.method(), request.path(), request.query()));
    return gzip ? whole.gzipped() : whole;
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

  private static void send(HttpExchange exchange, Response response, Scripted script)
      throws IOException {
    // Closing an exchange before the whole response is written closes the connection.
    try (exchange) {
      if (script.ending() == Scripted.Ending.NOTHING) {
        return;
      }
      response.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = response.body();
      // For this server, a length of 0 means unknown, -1 means no body.
      exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
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
    for (byte single : body) {
      TimeUnit.NANOSECONDS.sleep(silence.toNanos());
      out.write(single);
      out.flush();
    }
  }
}
