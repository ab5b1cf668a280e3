package dev.playlistlake.pipeline.cli;

import dev.playlistlake.io.proxy.Proxies;
import dev.playlistlake.io.proxy.ProxyException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** Finds a proxy that is set wrongly before anything is sent. */
public final class ProxyCheck {
  private ProxyCheck() {}

  /** What is wrong with the proxies on the way to these services, without a password. */
  public static List<String> problems(URI... services) {
    Proxies proxies = Proxies.ofThisProcess();
    return Arrays.stream(services)
        .flatMap(url -> problem(proxies, url).stream())
        .distinct()
        .toList();
  }

  private static List<String> problem(Proxies proxies, URI url) {
    try {
      var unused = proxies.to(url);
      return List.of();
    } catch (ProxyException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }
}
