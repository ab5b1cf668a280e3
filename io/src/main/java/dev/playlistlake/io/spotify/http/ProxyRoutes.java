package dev.playlistlake.io.spotify.http;

import dev.playlistlake.io.proxy.Proxies;
import dev.playlistlake.io.proxy.ProxyException;
import dev.playlistlake.io.proxy.ProxyServer;
import java.util.Optional;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Which proxy a request goes through; learns each proxy's password when it is first used. */
final class ProxyRoutes extends DefaultRoutePlanner {
  private final Proxies proxies;
  private final BasicCredentialsProvider logins = new BasicCredentialsProvider();

  ProxyRoutes(Proxies proxies) {
    super(null);
    this.proxies = proxies;
  }

  /** The passwords of proxies; none for any other host. */
  BasicCredentialsProvider logins() {
    return logins;
  }

  /**
   * The proxy for a host; null if it is reached directly.
   *
   * @throws ProxyException if the proxy is set wrongly
   */
  @Nullable ProxyServer proxy(HttpHost target) throws ProxyException {
    Optional<ProxyServer> proxy =
        proxies.to(target.getSchemeName(), target.getHostName(), port(target));
    return proxy.orElse(null);
  }

  private static int port(HttpHost target) {
    int usual = target.getSchemeName().equals("https") ? 443 : 80;
    return target.getPort() < 0 ? usual : target.getPort();
  }

  @Override
  protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context)
      throws HttpException {
    try {
      ProxyServer server = proxy(target);
      if (server == null) {
        return null;
      }
      HttpHost host = new HttpHost(server.scheme(), server.host(), server.port());
      String password = server.password();
      if (server.user() != null && password != null) {
        logins.setCredentials(
            new AuthScope(host),
            new UsernamePasswordCredentials(server.user(), password.toCharArray()));
      }
      return host;
    } catch (ProxyException e) {
      throw new HttpException(e.getMessage(), e);
    }
  }
}
