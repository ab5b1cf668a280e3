package dev.playlistlake.io.sample;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What makes the Web API answer 429: a rate limit for all requests, and buckets of requests, one
 * per family of endpoints, as a developer account has them. A family that has used up its bucket is
 * refused, and the others go on. Thread-safe.
 */
final class Limits {
  private static final String BODY =
      "{\"error\":{\"status\":429,\"message\":\"Too many requests\",\"reason\":\"QUOTA_EXCEEDED\"}}";

  private final Map<String, Bucket> buckets = new HashMap<>();
  private @Nullable RateLimit rate;

  /** What is left, and what a refusal says. */
  private record Bucket(int left, Duration retryAfter) {}

  synchronized void rate(@Nullable RateLimit newRate) {
    rate = newRate;
  }

  /** Gives a family this many requests from now on. */
  synchronized void quota(String family, int requests, Duration retryAfter) {
    buckets.put(family, new Bucket(requests, retryAfter));
  }

  synchronized void clearQuotas() {
    buckets.clear();
  }

  /** Counts a request; returns the refusal if it is one too many. */
  synchronized @Nullable Response refusal(LoggedRequest request) {
    if (request.isOfAccounts()) {
      return null;
    }
    long wait = rate == null ? 0 : rate.retryAfter(request.startNanos());
    if (wait > 0) {
      return Response.error(429, "API rate limit exceeded").withHeader("Retry-After", "" + wait);
    }
    String family = family(request.path());
    Bucket bucket = buckets.get(family);
    if (bucket == null) {
      return null;
    } else if (bucket.left() > 0) {
      buckets.put(family, new Bucket(bucket.left() - 1, bucket.retryAfter()));
      return null;
    }
    return Response.json(429, BODY)
        .withHeader("Retry-After", String.valueOf(bucket.retryAfter().toSeconds()));
  }

  /** A path with its id replaced: {@code /v1/albums/{id}}. */
  static String family(String path) {
    List<String> parts = List.of(path.split("/"));
    if (parts.size() < 4 || parts.get(2).equals("me")) {
      return path;
    }
    String rest = String.join("/", parts.subList(4, parts.size()));
    return "/v1/" + parts.get(2) + "/{id}" + (rest.isEmpty() ? "" : "/" + rest);
  }
}
