package dev.playlistlake.io.spotify.http;

import dev.playlistlake.io.proxy.ProxyException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Says in a few words why no response arrived, without what libraries say. */
public final class FailureCause {
  private FailureCause() {}

  /** The cause as a clause about the host that did not respond. */
  public static String words(IOException failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null && causes.size() < 20; cause = cause.getCause()) {
      causes.add(cause);
    }
    Optional<Throwable> proxy =
        causes.stream().filter(ProxyException.class::isInstance).findFirst();
    if (proxy.isPresent()) {
      return String.valueOf(proxy.get().getMessage());
    } else if (has(causes, UnknownHostException.class)) {
      return "its name is not known here (DNS)";
    } else if (has(causes, CertificateException.class)) {
      return "its certificate is not trusted here; behind a company's proxy give Java the company's"
          + " certificate by -Djavax.net.ssl.trustStore";
    } else if (has(causes, SSLException.class)) {
      return "no secure connection can be made (TLS)";
    } else if (has(causes, ConnectTimeoutException.class)) {
      return "no connection in time";
    } else if (has(causes, ConnectException.class)) {
      return "the connection is refused";
    } else if (has(causes, NoRouteToHostException.class)) {
      return "there is no way to it";
    } else if (has(causes, InterruptedIOException.class)) {
      return "no complete answer in time";
    } else if (has(causes, SocketException.class)
        || has(causes, ConnectionClosedException.class)
        || has(causes, NoHttpResponseException.class)) {
      return "the connection broke off";
    }
    return failure.getClass().getSimpleName();
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }
}
