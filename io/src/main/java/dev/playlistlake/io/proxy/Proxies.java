package dev.playlistlake.io.proxy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of this process: Java's properties {@code https.proxyHost} and its like, else the
 * variables {@code HTTPS_PROXY} and {@code HTTP_PROXY}, in lower case first, as curl has it. {@code
 * NO_PROXY} and {@code http.nonProxyHosts} both name exceptions. This machine itself is reached
 * directly, unless {@code http.nonProxyHosts} is set and empty.
 */
public final class Proxies {
  private static final String NON_PROXY_HOSTS = "http.nonProxyHosts";
  private static final Pattern QUOTED = Pattern.compile("\\s*([\"']?)(.*)\\1\\s*");

  private final Function<String, @Nullable String> environment;
  private final Function<String, @Nullable String> properties;

  Proxies(
      Function<String, @Nullable String> environment,
      Function<String, @Nullable String> properties) {
    this.environment = environment;
    this.properties = properties;
  }

  /** Those of this process, as they are when a connection asks. */
  public static Proxies ofThisProcess() {
    return new Proxies(System::getenv, System::getProperty);
  }

  /**
   * The proxy for a URL.
   *
   * @throws ProxyException as {@link #to}
   */
  public Optional<ProxyServer> to(URI url) throws ProxyException {
    int usual = "http".equals(url.getScheme()) ? 80 : 443;
    return to(
        String.valueOf(url.getScheme()),
        String.valueOf(url.getHost()),
        url.getPort() < 0 ? usual : url.getPort());
  }

  /**
   * The proxy through which a host is reached; empty for a direct connection.
   *
   * @param scheme {@code http} or {@code https}
   * @throws ProxyException if what names the proxy cannot be understood; names the setting and not
   *     its value
   */
  public Optional<ProxyServer> to(String scheme, String host, int port) throws ProxyException {
    String name = host.replaceAll("[\\[\\]]", "");
    if (isDirect(name, port)) {
      return Optional.empty();
    }
    Optional<ProxyServer> ofJava = ofJava(scheme);
    return ofJava.isPresent() ? ofJava : ofEnvironment(scheme);
  }

  private boolean isDirect(String host, int port) {
    String nonProxyHosts = properties.apply(NON_PROXY_HOSTS);
    if (DirectHosts.isLoopback(host) && (nonProxyHosts == null || !nonProxyHosts.isEmpty())) {
      return true;
    }
    return DirectHosts.inNoProxy(variable("no_proxy"), host, port)
        || (nonProxyHosts != null && DirectHosts.inNonProxyHosts(nonProxyHosts, host));
  }

  private Optional<ProxyServer> ofJava(String scheme) throws ProxyException {
    String host = property(scheme + ".proxyHost");
    if (host.isEmpty()) {
      return Optional.empty();
    }
    String port = property(scheme + ".proxyPort");
    String usual = scheme.equals("https") ? "443" : "80";
    Optional<ProxyServer> server =
        host.contains("@")
            ? Optional.empty()
            : ProxyServer.parse(
                "http://" + bracketed(host) + ":" + (port.isEmpty() ? usual : port));
    if (server.isEmpty()) {
      throw new ProxyException(
          "-D%1$s.proxyHost and -D%1$s.proxyPort: are not a host's name and a port"
              .formatted(scheme));
    }
    String user = property(scheme + ".proxyUser");
    return user.isEmpty()
        ? server
        : server.map(
            known ->
                new ProxyServer(
                    known.scheme(),
                    known.host(),
                    known.port(),
                    user,
                    property(scheme + ".proxyPassword")));
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private Optional<ProxyServer> ofEnvironment(String scheme) throws ProxyException {
    String name = scheme + "_proxy";
    String value = variable(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<ProxyServer> server = ProxyServer.parse(value);
    if (server.isEmpty()) {
      // Not repeated: it may hold a password.
      throw new ProxyException(
          setAs(name)
              + ": is not the address of a proxy; give http://HOST:PORT, with USER:PASSWORD@ in"
              + " front of HOST if the proxy asks for them");
    }
    return server;
  }

  private String setAs(String name) {
    return isSet(name) ? name : upper(name);
  }

  /** A variable's value, as it is in lower case or else in upper case; empty if there is none. */
  private String variable(String name) {
    for (String spelled : List.of(name, upper(name))) {
      if (isSet(spelled)) {
        Matcher value = QUOTED.matcher(String.valueOf(environment.apply(spelled)));
        return value.matches() ? value.group(2).strip() : "";
      }
    }
    return "";
  }

  private boolean isSet(String name) {
    return environment.apply(name) != null;
  }

  private static String upper(String name) {
    return name.toUpperCase(Locale.ROOT);
  }

  private String property(String name) {
    String value = properties.apply(name);
    return value == null ? "" : value.strip();
  }
}
