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
 * Random faults between a client and Spotify, the same for the same seed: whether a request fails
 * depends on its path and query and on how often it was sent, not on the order of arrival. No
 * request fails more than three times in a row. Token requests never fail.
 */
public final class Faults {
  private static final int MAX_IN_A_ROW = 3;

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
   * Creates faults.
   *
   * @param kinds the kinds that happen
   * @param share of the requests per kind, 0 to 1
   * @param seed of the random draws
   * @param silence how long a stalled response waits; longer than the client's timeout
   */
  public Faults(Set<Kind> kinds, double share, long seed, Duration silence) {
    this.kinds = new TreeSet<>(kinds);
    this.share = share;
    this.seed = seed;
    this.silence = silence;
  }

  /** How many requests met a fault; expired tokens are not counted, as they show up as 401s. */
  public synchronized int injected() {
    return injected;
  }

  /** The fault that a request meets, or {@code ordinary} if it meets none. */
  synchronized Scripted instead(LoggedRequest request, Scripted ordinary, Runnable expireTokens) {
    String pathAndQuery = request.pathAndQuery();
    int attempt = sent.merge(pathAndQuery, 1, Integer::sum);
    List<Kind> drawn = new ArrayList<>();
    Random random = new Random(seed * 31 + pathAndQuery.hashCode() * 1_000_003L + attempt);
    random.nextDouble();
    for (Kind kind : kinds) {
      if (random.nextDouble() < share) {
        drawn.add(kind);
      }
    }
    if (drawn.isEmpty() || inARow.getOrDefault(pathAndQuery, 0) >= MAX_IN_A_ROW) {
      inARow.remove(pathAndQuery);
      return ordinary;
    }
    inARow.merge(pathAndQuery, 1, Integer::sum);
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
