package dev.playlistlake.io.sample;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Runs the stand-in with a generated catalog as its own process, for benchmarks. Prints its URL as
 * the only line and runs until it is killed. {@code --limit} is the most requests that it serves in
 * any {@code --limitSeconds}. {@code --quota=/v1/albums/{id}:100:86400} gives that family of
 * endpoints 100 requests, then QUOTA_EXCEEDED with a Retry-After of 86400 seconds; several have
 * commas between. The playlist ids are those of {@link GeneratedCatalog#playlistIds()}
 * for the same numbers.
 */
public final class StandInMain {

  private static final Set<String> FLAGS =
      Set.of(
          "port",
          "latencyMs",
          "seed",
          "playlists",
          "items",
          "songs",
          "dialect",
          "markets",
          "embedded",
          "quota",
          "limit",
          "limitSeconds");

  private StandInMain() {}

  public static void main(String[] args) {
    Map<String, String> flags = new HashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      String name = arg.startsWith("--") && equals > 2 ? arg.substring(2, equals) : "";
      if (!FLAGS.contains(name)) {
        throw new IllegalArgumentException(
            "unknown flag " + arg + " in " + Arrays.toString(args) + "; known: " + FLAGS);
      }
      flags.put(name, arg.substring(equals + 1));
    }
    GeneratedCatalog catalog =
        GeneratedCatalog.of(
            number(flags, "seed", 1),
            number(flags, "playlists", 100),
            number(flags, "items", 1000),
            number(flags, "songs", 30_000));
    Dialect dialect =
        Dialect.valueOf(flags.getOrDefault("dialect", "EXTENDED").toUpperCase(Locale.ROOT));
    StandInOptions options =
        StandInOptions.defaults()
            .withPort(number(flags, "port", 0))
            .withLatency(Duration.ofMillis(number(flags, "latencyMs", 0)))
            .withDialect(dialect)
            .withMarkets(number(flags, "markets", 0))
            .withEmbeddedItems(number(flags, "embedded", 100))
            .withCacheAnswers(true);
    // Not closed: its dispatcher thread keeps the process alive.
    SpotifyStandIn standIn = SpotifyStandIn.start(catalog, options);
    if (flags.containsKey("limit")) {
      standIn.limit(
          new RateLimit(
              number(flags, "limit", 0), Duration.ofSeconds(number(flags, "limitSeconds", 30))));
    }
    for (String quota : flags.getOrDefault("quota", "").split(",")) {
      String[] parts = quota.split(":");
      if (parts.length == 3) {
        standIn.quota(
            parts[0], Integer.parseInt(parts[1]), Duration.ofSeconds(Long.parseLong(parts[2])));
      }
    }
    System.out.println(standIn.url());
    System.out.flush();
  }

  private static int number(Map<String, String> flags, String name, int absent) {
    String value = flags.get(name);
    return value == null ? absent : Integer.parseInt(value);
  }
}
