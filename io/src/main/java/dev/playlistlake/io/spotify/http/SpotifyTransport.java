package dev.playlistlake.io.spotify.http;

import dev.playlistlake.io.spotify.api.ItemsRoute;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import se.michaelthelin.spotify.IHttpManager;

/**
 * The wire: one exchange at a time a caller, no retry, no redirect, no cache, no cookie. Every
 * request goes to the configured hosts, whatever host it names; one connection stands ready for
 * each request in flight; answers may come gzip'ed. An answer that is not whole in time is cut off,
 * however busily its bytes drip.
 */
public final class SpotifyTransport implements AutoCloseable {
  private static final Set<String> KEPT_HEADERS =
      Set.of("retry-after", "date", "content-type", "www-authenticate", "etag", "cache-control");

  /** Many times more than the longest response of Spotify, which is below one megabyte. */
  private static final int MOST_BYTES = 16 << 20;

  /**
   * Many times more than Spotify sends, for heads, chunk lines and trailers alike: what never ends
   * may not fill the memory until its time is over.
   */
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(64 << 10)
          .setMaxHeaderCount(200)
          .setMaxEmptyLineCount(10)
          .build();

  private static final int PART = 64 << 10;
  private static final String ACCOUNTS_HOST = "accounts.spotify.com";

  private final HttpSettings settings;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor watchdog;
  private final LargeBodies largeBodies = new LargeBodies();

  public SpotifyTransport(HttpSettings settings) {
    this.settings = settings;
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setMaxConnTotal(settings.connections())
            .setMaxConnPerRoute(settings.connections())
            .setConnectionFactory(
                // Not the lenient one, which waits for sense behind what an answer left over.
                ManagedHttpClientConnectionFactory.builder()
                    .responseParserFactory(DefaultHttpResponseParserFactory.INSTANCE)
                    .http1Config(LIMITS)
                    .build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                    .setSocketTimeout(Timeout.of(settings.responseTimeout()))
                    .build())
            .build();
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setConnectionRequestTimeout(Timeout.of(settings.responseTimeout()))
                    .setResponseTimeout(Timeout.of(settings.responseTimeout()))
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .setUserAgent("playlist-lake")
            .build();
    this.watchdog =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "spotify-watchdog");
              thread.setDaemon(true);
              return thread;
            });
    watchdog.setRemoveOnCancelPolicy(true);
  }

  /**
   * An answer as it came.
   *
   * @param pathAndQuery what was asked for
   * @param headers the kept ones, by lower-case name
   */
  public record Exchange(
      String pathAndQuery, int status, Map<String, String> headers, String body) {
    /** Without the body, which may be a token. */
    @Override
    public String toString() {
      return "Exchange(" + pathAndQuery + ", status " + status + ")";
    }
  }

  /** A manager for one request of Spotify's library; holds what came of it. */
  public Call call() {
    return new Call();
  }

  /** The same path and query at the host that is configured for the one that it names. */
  public URI target(URI uri) {
    return target(uri, uri.getRawPath());
  }

  private URI target(URI uri, String path) {
    URI base = ACCOUNTS_HOST.equals(uri.getHost()) ? settings.accountsUrl() : settings.apiUrl();
    return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + query(uri));
  }

  private static String query(URI uri) {
    return uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
  }

  /** Spotify's library builds the request, this sends it and keeps the whole answer. */
  public final class Call implements IHttpManager {
    private @Nullable String pathAndQuery;
    private @Nullable Exchange exchange;
    private ItemsRoute route = ItemsRoute.TRACKS;

    /** The library knows the path of one dialect only. */
    Call at(ItemsRoute itemsRoute) {
      route = itemsRoute;
      return this;
    }

    /** What was asked for, also where no answer came. */
    String pathAndQuery() {
      return pathAndQuery == null ? "" : pathAndQuery;
    }

    public Exchange exchange() {
      if (exchange == null) {
        throw new IllegalStateException("nothing was sent");
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
        // The client frames the body itself.
        if (!header.getName().equalsIgnoreCase("Content-Type") || request.getEntity() == null) {
          request.addHeader(header);
        }
      }
      Deadline deadline = new Deadline(request);
      try {
        return client.execute(
            request,
            response -> {
              exchange = read(response, deadline);
              return exchange.body();
            });
      } finally {
        deadline.stop();
      }
    }

    private Exchange read(ClassicHttpResponse response, Deadline deadline) throws IOException {
      Map<String, String> kept = new TreeMap<>();
      for (Header header : response.getHeaders()) {
        String name = header.getName().toLowerCase(Locale.ROOT);
        if (KEPT_HEADERS.contains(name)) {
          kept.put(name, header.getValue());
        }
      }
      HttpEntity entity = response.getEntity();
      return new Exchange(
          pathAndQuery(), response.getCode(), kept, entity == null ? "" : body(entity, deadline));
    }

    /** All of it, whatever length was announced. */
    private String body(HttpEntity entity, Deadline deadline) throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      try (InputStream content = entity.getContent()) {
        body.write(content.readNBytes(LargeBodies.SMALL));
        if (body.size() == LargeBodies.SMALL) {
          waitForPlace(deadline);
          for (byte[] more = content.readNBytes(PART);
              more.length > 0;
              more = content.readNBytes(PART)) {
            body.write(more);
            if (body.size() > MOST_BYTES) {
              // Closing a stream reads it to its end, and this one may have none.
              deadline.cutNow();
              throw new IOException("the response has more than " + MOST_BYTES + " bytes");
            }
          }
        }
        return body.toString(StandardCharsets.UTF_8);
      }
    }

    /** That others are slow is not to be laid to this response's charge. */
    private void waitForPlace(Deadline deadline) throws IOException {
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

  /** Cuts off a response that is not whole in time. */
  private final class Deadline {
    private final HttpUriRequestBase request;
    private Future<?> cut;

    Deadline(HttpUriRequestBase request) {
      this.request = request;
      this.cut = schedule();
    }

    void start() {
      cut = schedule();
    }

    void stop() {
      cut.cancel(false);
    }

    void cutNow() {
      request.abort();
    }

    private Future<?> schedule() {
      return watchdog.schedule(
          request::abort, settings.responseTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The current thread needs the body of its last response no longer. */
  void handled() {
    largeBodies.leave();
  }

  @Override
  public void close() throws IOException {
    watchdog.shutdownNow();
    client.close();
  }
}
