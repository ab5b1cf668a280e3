package dev.playlistlake.io.spotify.http;

import dev.playlistlake.io.proxy.Proxies;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;
import se.michaelthelin.spotify.IHttpManager;

/**
 * HTTP: one exchange at a time per caller, without retries, redirects, cache or cookies. Every
 * request goes to the configured hosts, whatever host it names. Each request in flight has a
 * connection of its own; responses may be gzipped. A response that is not complete in time is
 * aborted, even if its bytes keep trickling in.
 */
public final class SpotifyTransport implements AutoCloseable {
  private static final Set<String> KEPT_HEADERS =
      Set.of("retry-after", "date", "content-type", "www-authenticate", "etag", "cache-control");

  /** Many times Spotify's longest response, which is below one megabyte. */
  private static final int MAX_BODY_BYTES = 16 << 20;

  private static final int CHUNK = 64 << 10;
  private static final String ACCOUNTS_HOST = "accounts.spotify.com";

  private final HttpSettings settings;
  private final HttpSender sender;
  private final Watchdog watchdog;
  private final LargeBodies largeBodies = new LargeBodies();

  /** A transport through the proxies of this process. */
  public SpotifyTransport(HttpSettings settings) {
    this(settings, Proxies.ofThisProcess());
  }

  SpotifyTransport(HttpSettings settings, Proxies proxies) {
    this.settings = settings;
    this.sender = new HttpSender(settings, proxies);
    this.watchdog = new Watchdog(settings.responseTimeout());
  }

  /**
   * A request and its response as received.
   *
   * @param pathAndQuery of the request, as sent
   * @param status HTTP status
   * @param headers the kept ones only, by lower-case name
   * @param body all of it; empty if there is none
   * @param redirectHost the host to which a 3xx points; null if to none
   */
  public record Exchange(
      String pathAndQuery,
      int status,
      Map<String, String> headers,
      String body,
      @Nullable String redirectHost) {
    /** Whether the body is a web page: somebody else than an API wrote it. */
    public boolean isHtml() {
      String type = headers.getOrDefault("content-type", "").toLowerCase(Locale.ROOT);
      return type.startsWith("text/html") || body.stripLeading().startsWith("<");
    }

    /** Without the body, which may contain a token. */
    @Override
    public String toString() {
      return "Exchange(" + pathAndQuery + ", status " + status + ")";
    }
  }

  /** An HTTP manager for one request of spotify-web-api-java; holds its response. */
  public Call call() {
    return new Call();
  }

  /** Moves the URI to the configured host of the service that it names; keeps path and query. */
  public URI target(URI uri) {
    return target(uri, uri.getRawPath());
  }

  /** The host of the accounts service, and its port if it is not the usual one. */
  public String accountsHost() {
    return HttpSettings.place(settings.accountsUrl());
  }

  private URI target(URI uri, String path) {
    URI base = ACCOUNTS_HOST.equals(uri.getHost()) ? settings.accountsUrl() : settings.apiUrl();
    return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + query(uri));
  }

  private static String query(URI uri) {
    return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
  }

  /** Sends the request that spotify-web-api-java builds, and keeps the whole response. */
  public final class Call implements IHttpManager {
    private @Nullable String pathAndQuery;
    private @Nullable Exchange exchange;
    private ItemsRoute route = ItemsRoute.TRACKS;

    /** Sets the dialect of the items path; the library knows only {@code tracks}. */
    Call at(ItemsRoute itemsRoute) {
      route = itemsRoute;
      return this;
    }

    /** Path and query of the request, even if no response arrived. */
    String pathAndQuery() {
      return pathAndQuery == null ? "" : pathAndQuery;
    }

    /**
     * The exchange.
     *
     * @throws IllegalStateException if no response has arrived in full
     */
    public Exchange exchange() {
      if (exchange == null) {
        throw new IllegalStateException("no response has arrived");
      }
      return exchange;
    }

    @Override
    public String get(URI uri, Header[] headers) throws IOException {
      return send(new HttpGet(routed(uri)), headers);
    }

    @Override
    public String post(URI uri, Header[] headers, HttpEntity body) throws IOException {
      HttpPost post = new HttpPost(routed(uri));
      post.setEntity(body);
      return send(post, headers);
    }

    @Override
    public String put(URI uri, Header[] headers, HttpEntity body) {
      throw new UnsupportedOperationException("this program never changes anything at Spotify");
    }

    @Override
    public String delete(URI uri, Header[] headers, HttpEntity body) {
      throw new UnsupportedOperationException("this program never changes anything at Spotify");
    }

    private URI routed(URI uri) {
      String path = uri.getRawPath();
      String pages = "/" + ItemsRoute.TRACKS.field();
      if (route != ItemsRoute.TRACKS && path.endsWith(pages)) {
        path = path.substring(0, path.length() - pages.length()) + "/" + route.field();
      }
      pathAndQuery = path + query(uri);
      return target(uri, path);
    }

    private String send(HttpUriRequestBase request, Header[] headers) throws IOException {
      for (Header header : headers) {
        // HttpClient takes the content type from the body.
        if (!header.getName().equalsIgnoreCase("Content-Type") || request.getEntity() == null) {
          request.addHeader(header);
        }
      }
      Watchdog.Deadline deadline = watchdog.watch(request::abort);
      try {
        return sender.send(
            request,
            response -> {
              exchange = read(response, deadline);
              return exchange.body();
            });
      } finally {
        deadline.stop();
      }
    }

    private Exchange read(ClassicHttpResponse response, Watchdog.Deadline deadline)
        throws IOException {
      Map<String, String> kept = new TreeMap<>();
      for (Header header : response.getHeaders()) {
        String name = header.getName().toLowerCase(Locale.ROOT);
        if (KEPT_HEADERS.contains(name)) {
          kept.put(name, header.getValue());
        }
      }
      HttpEntity entity = response.getEntity();
      return new Exchange(
          pathAndQuery(),
          response.getCode(),
          kept,
          entity == null ? "" : body(entity, deadline),
          redirectHost(response));
    }

    /** Not the whole address: a portal's may contain what was sent. */
    private static @Nullable String redirectHost(ClassicHttpResponse response) {
      Header location = response.getFirstHeader("Location");
      if (location == null || response.getCode() / 100 != 3) {
        return null;
      }
      try {
        return new URI(location.getValue()).getHost();
      } catch (URISyntaxException e) {
        return null;
      }
    }

    /** The whole body, whatever its Content-Length. */
    private String body(HttpEntity entity, Watchdog.Deadline deadline) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      try (InputStream content = entity.getContent()) {
        body.write(content.readNBytes(LargeBodies.SMALL));
        if (body.size() == LargeBodies.SMALL) {
          waitForPermit(deadline);
          for (byte[] chunk = content.readNBytes(CHUNK);
              chunk.length > 0;
              chunk = content.readNBytes(CHUNK)) {
            body.write(chunk);
            if (body.size() > MAX_BODY_BYTES) {
              // Closing a stream drains it, and this one may be endless.
              deadline.expire();
              throw new IOException("the response has more than " + MAX_BODY_BYTES + " bytes");
            }
          }
        }
        return body.toString(StandardCharsets.UTF_8);
      }
    }

    /** Pauses the deadline: this response must not pay for slow ones that hold the permits. */
    private void waitForPermit(Watchdog.Deadline deadline) throws IOException {
      deadline.stop();
      try {
        largeBodies.enter();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for memory");
      }
      deadline.start();
    }
  }

  /** The current thread no longer needs the body of its last response. */
  void handled() {
    largeBodies.leave();
  }

  @Override
  public void close() throws IOException {
    watchdog.close();
    sender.close();
  }
}
