package dev.playlistlake.io.spotify.login;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Receives the redirect from Spotify's consent page on 127.0.0.1: one callback with our state.
 * Every other request gets a page that explains why it is ignored (decision 21).
 */
final class CallbackServer implements AutoCloseable {
  static final String PATH = "/callback";

  /** How long a browser may have to wait for the page that shows the outcome. */
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final HttpServer server;
  private final String state;
  private final Consumer<String> refusals;
  private final ExecutorService threads;
  private final AtomicBoolean taken = new AtomicBoolean();
  private final BlockingQueue<Callback> callbacks = new LinkedBlockingQueue<>();
  private final CompletableFuture<CallbackPage> page = new CompletableFuture<>();
  private final CountDownLatch pageSent = new CountDownLatch(1);

  /**
   * A callback with our state; exactly one component is not null.
   *
   * @param code authorization code, good for one exchange
   * @param error why there is no code
   */
  record Callback(@Nullable String code, @Nullable String error) {
    @Override
    public String toString() {
      return "Callback(not shown)";
    }
  }

  private CallbackServer(HttpServer server, String state, Consumer<String> refusals) {
    this.server = server;
    this.state = state;
    this.refusals = refusals;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "login-callback");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts listening.
   *
   * @param port 0 for any free port
   * @param state what a callback must carry
   * @param refusals receives a sentence per rejected callback
   * @throws IOException if the port is not available
   */
  static CallbackServer start(int port, String state, Consumer<String> refusals)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    CallbackServer server = new CallbackServer(http, state, refusals);
    http.setExecutor(server.threads);
    http.createContext("/", server::handle);
    http.start();
    return server;
  }

  /** The redirect URI for the authorization request. */
  URI redirectUri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH);
  }

  /**
   * Waits for the callback with our state; empty on timeout.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<Callback> await(Duration time) throws InterruptedException {
    return Optional.ofNullable(callbacks.poll(time.toMillis(), TimeUnit.MILLISECONDS));
  }

  /**
   * Sends the outcome to the browser that delivered the callback, and waits until it is sent.
   *
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void show(CallbackPage outcome) throws InterruptedException {
    page.complete(outcome);
    // Do not wait long for a browser that has gone away.
    boolean sent = pageSent.await(5, TimeUnit.SECONDS);
    if (!sent) {
      refusals.accept("The browser did not take the page that says what became of it.");
    }
  }

  /** Stops waiting: a later callback gets {@link CallbackPage#TOO_LATE}. */
  void giveUp() {
    page.complete(CallbackPage.TOO_LATE);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!PATH.equals(exchange.getRequestURI().getPath())) {
        send(exchange, CallbackPage.NO_SUCH_PAGE);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        send(exchange, CallbackPage.ONLY_GET);
      } else {
        handle(exchange, parameters(exchange.getRequestURI().getRawQuery()));
      }
    }
  }

  private void handle(HttpExchange exchange, Map<String, String> parameters) throws IOException {
    Callback callback = new Callback(parameters.get("code"), parameters.get("error"));
    if (!isOurs(parameters.getOrDefault("state", ""))) {
      refusals.accept(
          "Refused an answer with a foreign state: it belongs to another sign-in. Still waiting.");
      send(exchange, CallbackPage.FOREIGN_STATE);
    } else if ((callback.code() == null) == (callback.error() == null)) {
      refusals.accept("Refused an answer that is neither a yes nor a no. Still waiting.");
      send(exchange, CallbackPage.NO_ANSWER);
    } else if (!taken.compareAndSet(false, true)) {
      send(exchange, CallbackPage.TAKEN_ALREADY);
    } else {
      callbacks.add(callback);
      try {
        send(exchange, page.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        throw new IllegalStateException("every callback gets an outcome in time", e);
      } finally {
        pageSent.countDown();
      }
    }
  }

  /** Compares in constant time. */
  private boolean isOurs(String givenState) {
    return MessageDigest.isEqual(
        givenState.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns no parameters at all if one is repeated. */
  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      if (parameters.put(decoded(name), decoded(value)) != null) {
        return Map.of();
      }
    }
    return parameters;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, CallbackPage page) throws IOException {
    byte[] body = page.html().getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/html; charset=utf-8");
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    // The page's URL contains the code.
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Connection", "close");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(page.status(), head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
