package dev.playlistlake.io.proxy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A proxy.
 *
 * @param scheme how it is spoken to: {@code http}, or {@code https} for one that has a certificate
 * @param host its name or address, IPv6 without brackets
 * @param port its port
 * @param user null if it asks for none
 * @param password null if it asks for none
 */
public record ProxyServer(
    String scheme, String host, int port, @Nullable String user, @Nullable String password) {
  /** The last @ ends the user's part: people do not escape the one in a password. */
  private static final Pattern URL =
      Pattern.compile(
          "(?:(https?)://|(?![a-z0-9+.-]+://))(?:(.*)@)?(\\[[0-9a-f:.]+]|[a-z0-9._-]+)(?::(\\d{1,5}))?/*",
          Pattern.CASE_INSENSITIVE);

  private static final int HIGHEST_PORT = 65_535;

  /** Parses {@code [http://][user:password@]host[:port]}; empty if it is nothing of the kind. */
  static Optional<ProxyServer> parse(String written) {
    Matcher url = URL.matcher(written);
    if (!url.matches()) {
      return Optional.empty();
    }
    String scheme = Objects.requireNonNullElse(url.group(1), "http").toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    int port = url.group(4) == null ? usual : Integer.parseInt(url.group(4));
    if (port == 0 || port > HIGHEST_PORT) {
      return Optional.empty();
    }
    String host = url.group(3).replaceAll("[\\[\\]]", "");
    String login = url.group(2);
    if (login == null || login.isEmpty()) {
      return Optional.of(new ProxyServer(scheme, host, port, null, null));
    }
    int colon = login.indexOf(':');
    return Optional.of(
        new ProxyServer(
            scheme,
            host,
            port,
            decoded(colon < 0 ? login : login.substring(0, colon)),
            colon < 0 ? "" : decoded(login.substring(colon + 1))));
  }

  /** As it is, if it is not percent-encoded: a password may have a percent sign. */
  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** Host and port. */
  public String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "ProxyServer(" + address() + ")";
  }
}
