package dev.playlistlake.io.spotify.http;

import dev.playlistlake.io.proxy.ProxyException;
import dev.playlistlake.model.run.NetworkProblem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/**
 * The exception that shows why no response arrived.
 *
 * @param problem its kind
 * @param exception the failure itself, or one of its causes
 */
public record FailureCause(NetworkProblem problem, Throwable exception) {

  /** Finds the cause of a failed exchange; empty if none of its exceptions shows one. */
  public static Optional<FailureCause> of(IOException failure) {
    for (Throwable cause : causes(failure)) {
      NetworkProblem problem = problem(cause);
      if (problem != null) {
        return Optional.of(new FailureCause(problem, cause));
      }
    }
    return Optional.empty();
  }

  /** An exception and its causes, the outermost first. */
  public static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
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
    } else if (cause instanceof InterruptedIOException) {
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

  /** The cause as a clause about the host that did not respond, without what libraries say. */
  public static String words(IOException failure) {
    return of(failure).map(FailureCause::words).orElseGet(() -> otherWords(failure));
  }

  private String words() {
    return switch (problem) {
      case PROXY -> String.valueOf(exception.getMessage());
      case UNKNOWN_HOST -> "its name is not known here (DNS)";
      case CERTIFICATE ->
          "its certificate is not trusted here; behind a company's proxy give Java the company's"
              + " certificate by -Djavax.net.ssl.trustStore";
      case TLS -> "no secure connection can be made (TLS)";
      case CONNECT_TIMEOUT -> "no connection in time";
      case CONNECTION_REFUSED ->
          exception instanceof NoRouteToHostException
              ? "there is no way to it"
              : "the connection is refused";
      case TIMEOUT -> "no complete answer in time";
      case REDIRECT, HTML, CONNECTION_LOST, NO_TOKEN ->
          throw new IllegalStateException("no exception shows it: " + problem);
    };
  }

  private static String otherWords(IOException failure) {
    boolean isBroken =
        causes(failure).stream()
            .anyMatch(
                cause ->
                    cause instanceof SocketException
                        || cause instanceof ConnectionClosedException
                        || cause instanceof NoHttpResponseException);
    return isBroken ? "the connection broke off" : failure.getClass().getSimpleName();
  }
}
