package dev.playlistlake.io.sample;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A server on 127.0.0.1 that responds like api.spotify.com and accounts.spotify.com, from the
 * sample's catalog.
 */
public final class SampleServer implements AutoCloseable {
  private static final int EMBEDDED_ITEMS = 100;
  private static final String TOKEN = "sample-token";

  static {
    // Read once at class loading. Without it, a body is sent 40 ms after its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private final WebApi api =
      new WebApi(SampleCatalog.create(), Dialect.EXTENDED, EMBEDDED_ITEMS, 0, null);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "sample-server");
            thread.setDaemon(true);
            return thread;
          });

  private SampleServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Starts a server on a free port.
   *
   * @throws UncheckedIOException if it cannot listen
   */
  public static SampleServer start() {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      SampleServer sample =
          new SampleServer(HttpServer.create(new InetSocketAddress(loopback, 0), 0));
      sample.server.start();
      return sample;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Scheme, host and port, for the Web API and the accounts service alike. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      Response response = respond(exchange);
      response = acceptsGzip(exchange) ? response.gzipped() : response;
      response.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = response.body();
      exchange.sendResponseHeaders(response.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Response respond(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    if (uri.getRawPath().equals("/api/token")) {
      return Response.json(
          200,
          "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
              .formatted(TOKEN));
    }
    if (!("Bearer " + TOKEN).equals(header(exchange, "Authorization"))) {
      return Response.error(401, "Invalid access token");
    }
    @Nullable String query = uri.getRawQuery();
    return api.respond(exchange.getRequestMethod(), uri.getRawPath(), query == null ? "" : query);
  }

  private static boolean acceptsGzip(HttpExchange exchange) {
    @Nullable String accepted = header(exchange, "Accept-Encoding");
    return accepted != null && accepted.toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static @Nullable String header(HttpExchange exchange, String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }
}
