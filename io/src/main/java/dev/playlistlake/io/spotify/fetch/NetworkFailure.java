package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.http.FailureCause;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.run.NetworkProblem;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.net.NamedEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * Why a request got no response of the service that it was sent to.
 *
 * @param problem its kind
 * @param words the kind, the host, and the detail that helps, in plain English
 */
record NetworkFailure(NetworkProblem problem, String words) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final int PROXY_AUTHENTICATION = 407;
  private static final int NETWORK_AUTHENTICATION = 511;

  private static final int LONGEST_DETAIL = 200;

  /** From the exception of a request to this URL. */
  static NetworkFailure of(IOException failure, URI url) {
    return FailureCause.of(failure)
        .map(
            found ->
                new NetworkFailure(
                    found.problem(),
                    words(found, host(found.exception(), url), FailureCause.causes(failure))))
        .orElseGet(() -> at(NetworkProblem.CONNECTION_LOST, url, detail(failure)));
  }

  /** As above, of a request for an access token, where the service may also respond badly. */
  static NetworkFailure ofToken(IOException failure, URI accountsUrl) {
    return FailureCause.of(failure).isPresent()
        ? of(failure, accountsUrl)
        : at(NetworkProblem.NO_TOKEN, accountsUrl, detail(failure));
  }

  /** What a response shows that the Web API did not send; null if it may have. */
  static @Nullable NetworkFailure of(RawAttempt response, URI url) {
    Integer status = response.status();
    if (status == null) {
      return null;
    } else if (REDIRECTS.contains(status)) {
      return at(NetworkProblem.REDIRECT, url, " (status " + status + ")");
    } else if (status == PROXY_AUTHENTICATION) {
      return at(NetworkProblem.PROXY, url, " (status 407)");
    } else if (status == NETWORK_AUTHENTICATION) {
      return at(NetworkProblem.REDIRECT, url, " (status 511: the network wants a sign-in)");
    }
    return status < 500 && isHtml(response)
        ? at(NetworkProblem.HTML, url, " (status " + status + ")")
        : null;
  }

  private static NetworkFailure at(NetworkProblem problem, URI url, String detail) {
    return new NetworkFailure(problem, problem.words() + " " + HttpSettings.place(url) + detail);
  }

  private static boolean isHtml(RawAttempt response) {
    String type = Objects.requireNonNullElse(response.headers().get("content-type"), "");
    String body = Objects.requireNonNullElse(response.body(), "").stripLeading();
    String start = body.substring(0, Math.min(body.length(), 15)).toLowerCase(Locale.ROOT);
    return type.toLowerCase(Locale.ROOT).contains("html")
        || start.startsWith("<!doctype")
        || start.startsWith("<html");
  }

  private static String words(FailureCause found, String host, List<Throwable> causes) {
    String detail =
        switch (found.problem()) {
          case CERTIFICATE -> detail(causes.get(causes.size() - 1));
          case TLS, PROXY, CONNECTION_REFUSED -> detail(found.exception());
          default -> "";
        };
    return found.problem().words() + " " + host + detail;
  }

  /** The host that the exception names, which may be a proxy's; else the URL's. */
  private static String host(Throwable cause, URI url) {
    NamedEndpoint endpoint = null;
    if (cause instanceof HttpHostConnectException connect) {
      endpoint = connect.getHost();
    } else if (cause instanceof ConnectTimeoutException connect) {
      endpoint = connect.getHost();
    } else if (cause instanceof UnknownHostException && cause.getMessage() != null) {
      return cause.getMessage().split("[:\\s]", 2)[0];
    }
    return endpoint == null || endpoint.getPort() < 0
        ? HttpSettings.place(url)
        : endpoint.getHostName() + ":" + endpoint.getPort();
  }

  private static String detail(Throwable cause) {
    String message = cause.getMessage();
    if (message == null || message.isBlank()) {
      return "";
    }
    String line = ForeignText.oneLine(message);
    return " ("
        + (line.length() > LONGEST_DETAIL ? line.substring(0, LONGEST_DETAIL) + "..." : line)
        + ")";
  }
}
