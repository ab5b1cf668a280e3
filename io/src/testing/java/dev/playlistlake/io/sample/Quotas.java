package dev.playlistlake.io.sample;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buckets of requests, one per family of endpoints, as a developer account has them: a family that
 * has used up its bucket is refused, and the others go on. Thread-safe.
 */
final class Quotas {
  private static final String BODY =
      "{\"error\":{\"status\":429,\"message\":\"Too many requests\",\"reason\":\"QUOTA_EXCEEDED\"}}";

  private final Map<String, Bucket> buckets = new HashMap<>();

  /** What is left, and what a refusal says. */
  private record Bucket(int left, Duration retryAfter) {}

  /** Gives a family this many requests from now on. */
  synchronized void set(String family, int requests, Duration retryAfter) {
    buckets.put(family, new Bucket(requests, retryAfter));
  }

  synchronized void clear() {
    buckets.clear();
  }

  /** Takes a request from its bucket; returns the refusal if that is empty. */
  synchronized @Nullable Response refusal(LoggedRequest request) {
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
