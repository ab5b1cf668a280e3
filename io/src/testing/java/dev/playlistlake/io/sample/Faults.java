package dev.playlistlake.io.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * What goes wrong between a client and Spotify, at random but the same for the same seed: whether a
 * request fails depends on what it asks for and how often it was sent, not on the order in which
 * requests arrive. No request fails more than three times in a row. Token requests never do.
 */
public final class Faults {
  private static final int MOST_IN_A_ROW = 3;

  /** The kinds of faults. */
  public enum Kind {
    SERVER_ERROR,
    UNAVAILABLE,
    TOO_MANY_REQUESTS,
    RESET,
    TRUNCATED,
    HTML,
    STALL,
    EXPIRED_TOKEN
  }

  private final Set<Kind> kinds;
  private final double share;
  private final long seed;
  private final Duration silence;
  private final Map<String, Integer> sent = new HashMap<>();
  private final Map<String, Integer> inARow = new HashMap<>();
  private int injected;

  /**
   * Faults.
   *
   * @param kinds those that happen
   * @param share of the requests that meet each of them, 0 to 1
   * @param silence how long a stalled answer waits; longer than the client does
   */
  public Faults(Set<Kind> kinds, double share, long seed, Duration silence) {
    this.kinds = new TreeSet<>(kinds);
    this.share = share;
    this.seed = seed;
    this.silence = silence;
  }

  /** How many requests met a fault, those apart whose token expired: the 401s tell them. */
  public synchronized int injected() {
    return injected;
  }

  /** What happens to a request instead of what would. */
  synchronized Scripted instead(LoggedRequest request, Scripted ordinary, Runnable expireTokens) {
    String asked = request.pathAndQuery();
    int attempt = sent.merge(asked, 1, Integer::sum);
    List<Kind> drawn = new ArrayList<>();
    Random random = new Random(seed * 31 + asked.hashCode() * 1_000_003L + attempt);
    random.nextDouble();
    for (Kind kind : kinds) {
      if (random.nextDouble() < share) {
        drawn.add(kind);
      }
    }
    if (drawn.isEmpty() || inARow.getOrDefault(asked, 0) >= MOST_IN_A_ROW) {
      inARow.remove(asked);
      return ordinary;
    }
    inARow.merge(asked, 1, Integer::sum);
    Kind kind = drawn.get(0);
    injected += kind == Kind.EXPIRED_TOKEN ? 0 : 1;
    return switch (kind) {
      case SERVER_ERROR ->
          Scripted.status(500, "{\"error\":{\"status\":500,\"message\":\"Oops\"}}");
      case UNAVAILABLE -> Scripted.status(503, "");
      case TOO_MANY_REQUESTS ->
          Scripted.status(
                  429, "{\"error\":{\"status\":429,\"message\":\"API rate limit exceeded\"}}")
              .withHeader("Retry-After", "1");
      case RESET -> Scripted.reset();
      case TRUNCATED -> Scripted.truncated();
      case HTML ->
          Scripted.bytes(
              200,
              "<!DOCTYPE html><html><body>Upstream</body></html>".getBytes(StandardCharsets.UTF_8),
              "text/html");
      case STALL -> Scripted.stall(silence);
      case EXPIRED_TOKEN -> Scripted.normal().then(expireTokens);
    };
  }
}
