package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.proxy.ProxyException;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.run.NetworkProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
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
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      NetworkProblem problem = problem(cause);
      if (problem != null) {
        return new NetworkFailure(problem, words(problem, host(cause, url), cause, causes));
      }
    }
    return new NetworkFailure(
        NetworkProblem.CONNECTION_LOST,
        NetworkProblem.CONNECTION_LOST.words() + " " + place(url) + detail(failure));
  }

  /** As above, of a request for an access token, where the service may also respond badly. */
  static NetworkFailure ofToken(IOException failure, URI accountsUrl) {
    boolean ofNetwork = causes(failure).stream().anyMatch(cause -> problem(cause) != null);
    return ofNetwork
        ? of(failure, accountsUrl)
        : new NetworkFailure(
            NetworkProblem.NO_TOKEN,
            NetworkProblem.NO_TOKEN.words() + " " + place(accountsUrl) + detail(failure));
  }

  /** What a response shows that the Web API did not send; null if it may have. */
  static @Nullable NetworkFailure of(RawAttempt response, URI url) {
    Integer status = response.status();
    if (status == null) {
      return null;
    } else if (REDIRECTS.contains(status)) {
      return ofResponse(NetworkProblem.REDIRECT, url, " (status %d)".formatted(status));
    } else if (status == PROXY_AUTHENTICATION) {
      return ofResponse(NetworkProblem.PROXY, url, " (status 407)");
    } else if (status == NETWORK_AUTHENTICATION) {
      return ofResponse(NetworkProblem.REDIRECT, url, " (status 511: the network wants a sign-in)");
    }
    return status < 500 && isHtml(response)
        ? ofResponse(NetworkProblem.HTML, url, " (status %d)".formatted(status))
        : null;
  }

  private static NetworkFailure ofResponse(NetworkProblem problem, URI url, String detail) {
    return new NetworkFailure(problem, problem.words() + " " + place(url) + detail);
  }

  private static boolean isHtml(RawAttempt response) {
    String type = Objects.requireNonNullElse(response.headers().get("content-type"), "");
    String body = Objects.requireNonNullElse(response.body(), "").stripLeading();
    String start = body.substring(0, Math.min(body.length(), 15)).toLowerCase(Locale.ROOT);
    return type.toLowerCase(Locale.ROOT).contains("html")
        || start.startsWith("<!doctype")
        || start.startsWith("<html");
  }

  private static @Nullable NetworkProblem problem(Throwable cause) {
    if (cause instanceof ProxyException) {
      return NetworkProblem.PROXY;
    } else if (cause instanceof CertificateException
        || cause instanceof CertPathValidatorException
        || cause instanceof SSLPeerUnverifiedException) {
      return NetworkProblem.CERTIFICATE;
    } else if (cause instanceof SSLException) {
      return isOfACertificate(cause) ? NetworkProblem.CERTIFICATE : NetworkProblem.TLS;
    } else if (cause instanceof UnknownHostException) {
      return NetworkProblem.UNKNOWN_HOST;
    } else if (cause instanceof ConnectTimeoutException) {
      return NetworkProblem.CONNECT_TIMEOUT;
    } else if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
      return NetworkProblem.CONNECTION_REFUSED;
    } else if (cause instanceof SocketTimeoutException || cause instanceof InterruptedIOException) {
      return NetworkProblem.TIMEOUT;
    }
    return null;
  }

  private static boolean isOfACertificate(Throwable cause) {
    return causes(cause).stream()
        .anyMatch(
            inner ->
                inner instanceof CertificateException
                    || inner instanceof CertPathValidatorException
                    || String.valueOf(inner.getMessage()).contains("PKIX"));
  }

  private static String words(
      NetworkProblem problem, String host, Throwable cause, List<Throwable> causes) {
    String detail =
        switch (problem) {
          case CERTIFICATE -> detail(causes.get(causes.size() - 1));
          case TLS, PROXY, CONNECTION_REFUSED -> detail(cause);
          default -> "";
        };
    return problem.words() + " " + host + detail;
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
        ? place(url)
        : endpoint.getHostName() + ":" + endpoint.getPort();
  }

  private static String place(URI url) {
    return url.getPort() < 0 ? String.valueOf(url.getHost()) : url.getHost() + ":" + url.getPort();
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

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }
}
