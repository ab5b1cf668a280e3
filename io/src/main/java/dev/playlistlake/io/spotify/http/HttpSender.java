package dev.playlistlake.io.spotify.http;

import dev.playlistlake.io.proxy.Proxies;
import dev.playlistlake.io.proxy.ProxyException;
import dev.playlistlake.io.proxy.ProxyServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends single requests, directly or through a proxy, and tells a proxy's refusal from a response.
 * Without retries, redirects, cache or cookies.
 */
final class HttpSender implements AutoCloseable {
  /**
   * Many times what Spotify sends, for headers, chunk lines and trailers alike: an endless response
   * must not fill the memory before its deadline.
   */
  private static final Http1Config LIMITS =
      Http1Config.custom()
          .setMaxLineLength(64 << 10)
          .setMaxHeaderCount(200)
          .setMaxEmptyLineCount(10)
          .build();

  /** Marks an exchange that got past a proxy's tunnel: without it, a response is the proxy's. */
  private static final String REACHED = "reached";

  private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

  private final ProxyRoutes routes;
  private final CloseableHttpClient client;

  HttpSender(HttpSettings settings, Proxies proxies) {
    this.routes = new ProxyRoutes(proxies);
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections(settings))
            .setRoutePlanner(routes)
            .setDefaultCredentialsProvider(routes.logins())
            .addExecInterceptorBefore(
                ChainElement.MAIN_TRANSPORT.name(),
                REACHED,
                (request, scope, chain) -> {
                  scope.clientContext.setAttribute(REACHED, true);
                  return chain.proceed(request, scope);
                })
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
  }

  private static PoolingHttpClientConnectionManager connections(HttpSettings settings) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setMaxConnTotal(settings.connections())
        .setMaxConnPerRoute(settings.connections())
        .setConnectionFactory(
            // Not the lenient parser, which skips whatever precedes a status line.
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
  }

  /**
   * Sends a request and has its response handled.
   *
   * @throws ProxyException if a proxy is set wrongly, cannot be reached, or refuses
   * @throws IOException if no response arrives in full
   */
  <T> T send(HttpUriRequestBase request, HttpClientResponseHandler<T> handler) throws IOException {
    HttpHost host = host(request);
    ProxyServer proxy = routes.proxy(host);
    HttpClientContext context = HttpClientContext.create();
    try {
      return client.execute(
          request,
          context,
          response -> {
            if (proxy != null) {
              requirePassed(proxy, host, context, response.getCode());
            }
            return handler.handleResponse(response);
          });
    } catch (ConnectException | ConnectTimeoutException | UnknownHostException e) {
      throw failed(proxy, e);
    }
  }

  private static HttpHost host(HttpUriRequestBase request) throws IOException {
    try {
      return HttpHost.create(request.getUri());
    } catch (URISyntaxException e) {
      throw new IOException("not an address", e);
    }
  }

  /** A proxy's refusal must not pass for one of Spotify's. */
  private static void requirePassed(
      ProxyServer proxy, HttpHost host, HttpClientContext context, int status)
      throws ProxyException {
    String name = "the proxy " + proxy.address();
    if (status == PROXY_AUTHENTICATION_REQUIRED) {
      throw new ProxyException(
          proxy.user() == null
              ? name + " asks for a user and a password (407)"
              : name + " does not accept the user and password that are set for it (407)");
    } else if (context.getAttribute(REACHED) == null) {
      throw new ProxyException(
          name + " does not let this program reach " + host.getHostName() + " (" + status + ")");
    }
  }

  /** Through a proxy, only the proxy is connected to and looked up. */
  private static IOException failed(@Nullable ProxyServer proxy, IOException e) {
    return proxy == null
        ? e
        : new ProxyException(
            "the proxy " + proxy.address() + " cannot be reached: " + FailureCause.words(e), e);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
