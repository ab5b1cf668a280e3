package dev.playlistlake.io.proxy;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The hosts that are reached without a proxy. Names are compared, never looked up. */
final class DirectHosts {
  private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}|.*:.*");

  /** A host, an address or a suffix, and perhaps a port; in IPv6 a port needs brackets. */
  private static final Pattern ENTRY =
      Pattern.compile("\\[(?<six>[^\\]]*)](?::(?<p>\\d+))?|(?<host>[^:]*)(?::(?<port>\\d+))?");

  private DirectHosts() {}

  /** Whether an entry of {@code NO_PROXY} fits: {@code *}, a domain, an address, a network. */
  static boolean inNoProxy(String noProxy, String host, int port) {
    return Arrays.stream(noProxy.split("[,\\s]+"))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry -> entry.equals("*") || fits(lower(entry), lower(host), port));
  }

  /** Whether a pattern of {@code http.nonProxyHosts} fits; {@code *} stands for any text. */
  static boolean inNonProxyHosts(String nonProxyHosts, String host) {
    return List.of(nonProxyHosts.split("\\|")).stream()
        .map(String::strip)
        .filter(pattern -> !pattern.isEmpty())
        .map(pattern -> lower(pattern).replaceAll("^\\[(.*)]$", "$1"))
        .anyMatch(pattern -> lower(host).matches(anyText(pattern)));
  }

  private static String anyText(String pattern) {
    return "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
  }

  static boolean isLoopback(String host) {
    String name = lower(host);
    InetAddress address = address(name);
    return address == null
        ? name.equals("localhost") || name.endsWith(".localhost")
        : address.isLoopbackAddress();
  }

  private static boolean fits(String entry, String host, int port) {
    if (entry.contains("/")) {
      return inNetwork(entry, address(host));
    }
    Matcher parts = ENTRY.matcher(entry);
    if (!parts.matches()) {
      // An IPv6 address without brackets.
      return isSame(entry, host);
    }
    String onlyPort = parts.group("p") == null ? parts.group("port") : parts.group("p");
    if (onlyPort != null && !onlyPort.equals(String.valueOf(port))) {
      return false;
    }
    if (parts.group("six") != null) {
      return isSame(parts.group("six"), host);
    }
    String domain = parts.group("host").replaceFirst("^\\*?\\.", "");
    return !domain.isEmpty()
        && (isSame(domain, host) || (address(host) == null && host.endsWith("." + domain)));
  }

  private static boolean isSame(String entry, String host) {
    InetAddress address = address(entry);
    return entry.equals(host) || (address != null && address.equals(address(host)));
  }

  /** Whether an address is in a network like {@code 10.0.0.0/8}. */
  private static boolean inNetwork(String network, @Nullable InetAddress address) {
    int slash = network.indexOf('/');
    InetAddress base = address(network.substring(0, slash));
    String length = network.substring(slash + 1);
    if (address == null || base == null || !length.matches("\\d{1,3}")) {
      return false;
    }
    int bits = base.getAddress().length * 8 - Integer.parseInt(length);
    return bits >= 0
        && base.getAddress().length == address.getAddress().length
        && new BigInteger(base.getAddress())
            .shiftRight(bits)
            .equals(new BigInteger(address.getAddress()).shiftRight(bits));
  }

  /** The address that a text is; null for a name, so that nothing is looked up. */
  private static @Nullable InetAddress address(String text) {
    if (!ADDRESS.matcher(text).matches()) {
      return null;
    }
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
