package dev.playlistlake.io.proxy;

import java.io.IOException;
import java.util.Optional;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.apache.http.auth.AuthScope;
import org.apache.http.auth.UsernamePasswordCredentials;
import org.apache.http.client.CredentialsProvider;
import org.apache.http.impl.client.BasicCredentialsProvider;
import org.apache.http.impl.conn.DefaultRoutePlanner;
import org.apache.http.impl.conn.DefaultSchemePortResolver;
import org.apache.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.apache.ProxyConfiguration;

/**
 * The HTTP client of AWS services. The AWS SDK's own reads no variables and, of Java's properties,
 * only those for {@code http}.
 */
public final class AwsHttp {
  private AwsHttp() {}

  /** A client that goes through the proxies of the process that opens a connection. */
  public static ApacheHttpClient.Builder client() {
    return client(Proxies.ofThisProcess());
  }

  static ApacheHttpClient.Builder client(Proxies proxies) {
    CredentialsProvider logins = new BasicCredentialsProvider();
    return ApacheHttpClient.builder()
        // The SDK would add its own reading of Java's properties.
        .proxyConfiguration(ProxyConfiguration.builder().useSystemPropertyValues(false).build())
        .httpRoutePlanner(new Routes(proxies, logins))
        .credentialsProvider(logins);
  }

  private static final class Routes extends DefaultRoutePlanner {
    private final Proxies proxies;
    private final CredentialsProvider logins;

    Routes(Proxies proxies, CredentialsProvider logins) {
      super(DefaultSchemePortResolver.INSTANCE);
      this.proxies = proxies;
      this.logins = logins;
    }

    @Override
    protected @Nullable HttpHost determineProxy(
        HttpHost target, HttpRequest request, HttpContext context) {
      try {
        Optional<ProxyServer> proxy =
            proxies.to(
                target.getSchemeName(),
                target.getHostName(),
                DefaultSchemePortResolver.INSTANCE.resolve(target));
        if (proxy.isEmpty()) {
          return null;
        }
        ProxyServer server = proxy.get();
        if (server.user() != null) {
          logins.setCredentials(
              new AuthScope(server.host(), server.port()),
              new UsernamePasswordCredentials(server.user(), server.password()));
        }
        return new HttpHost(server.host(), server.port(), server.scheme());
      } catch (IOException e) {
        // The SDK's own, and without a cause: it would drop the message of another, and retry.
        throw SdkClientException.create(e.getMessage());
      }
    }
  }
}
