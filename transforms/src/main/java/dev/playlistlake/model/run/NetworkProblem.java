package dev.playlistlake.model.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why no response of Spotify's arrived. Its code is {@code run.stopped_by} of a run that reached
 * nothing, so that a process that sees only the row can say it too.
 */
public enum NetworkProblem {
  CERTIFICATE("cannot verify the certificate of"),
  TLS("no secure connection to"),
  UNKNOWN_HOST("cannot resolve the name of"),
  CONNECTION_REFUSED("cannot connect to"),
  CONNECT_TIMEOUT("no connection in time to"),
  PROXY("the proxy refuses the way to"),
  REDIRECT("a redirect in place of a response of"),
  HTML("an HTML page in place of a response of"),
  TIMEOUT("no response in time from"),
  CONNECTION_LOST("the connection was lost to"),
  NO_TOKEN("no access token from");

  private final String words;

  NetworkProblem(String words) {
    this.words = words;
  }

  /** The problem of a code; empty if the code is another one's. */
  public static Optional<NetworkProblem> ofCode(String code) {
    return Arrays.stream(values()).filter(problem -> problem.code().equals(code)).findFirst();
  }

  /** The code, in lower case like those of refused sign-ins. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The problem in plain English; the host follows. */
  public String words() {
    return words;
  }

  /** Whether not even a connection came about: the next request will not get further. */
  public boolean isBeforeConnecting() {
    return compareTo(PROXY) <= 0;
  }
}
