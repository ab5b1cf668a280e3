package dev.playlistlake.io.spotify.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.DetailJson;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.ResponseMeaning;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stored responses contain for the requested albums or artists. */
public final class StoredDetailResponses {
  private StoredDetailResponses() {}

  /**
   * The result for one id.
   *
   * @param object its details; null if Spotify refused
   * @param refusal why there are no details; null if there are
   * @param fetchedAt when the response arrived
   */
  public record StoredDetail(
      @Nullable JsonNode object, @Nullable Reason refusal, Instant fetchedAt) {}

  /** The results of a stored object, by id; ids without a response are left out. */
  public static Map<String, StoredDetail> of(RawObject stored) {
    Map<String, StoredDetail> details = new HashMap<>();
    Set<String> leftOut = new HashSet<>();
    for (RawAttempt attempt : stored.attempts()) {
      ResponseMeaning meaning = meaning(attempt);
      ApiRequest request = ApiRequest.parse(attempt.request());
      if (meaning.kind() == ResponseMeaning.Kind.OK) {
        addResponse(details, leftOut, request, attempt);
      } else if (request instanceof ApiRequest.SingleDetail single) {
        // The last attempt counts: one that confirms a refusal may fail.
        details.remove(single.id());
        if (isAboutTheId(meaning.reason())) {
          details.put(single.id(), new StoredDetail(null, meaning.reason(), attempt.fetchedAt()));
        }
      }
    }
    return details;
  }

  /** Why ids that were requested one by one got no response, by their last attempt. */
  public static Map<String, Reason> failures(RawObject stored) {
    Map<String, Reason> failures = new HashMap<>();
    for (RawAttempt attempt : stored.attempts()) {
      if (ApiRequest.parse(attempt.request()) instanceof ApiRequest.SingleDetail single) {
        failures.put(single.id(), failure(attempt));
      }
    }
    return failures;
  }

  /** Why an attempt gave no details, if it is the last one at a request that failed. */
  static Reason failure(RawAttempt attempt) {
    ResponseMeaning meaning = meaning(attempt);
    return meaning.kind() == ResponseMeaning.Kind.TOKEN
        ? Reason.FORBIDDEN
        : Objects.requireNonNullElse(meaning.reason(), Reason.MALFORMED_ANSWER);
  }

  /** Ids that a stored object was meant to cover, with or without a response. */
  public static Set<String> requestedIds(RawObject stored) {
    Set<String> ids = new TreeSet<>();
    for (RawAttempt attempt : stored.attempts()) {
      ApiRequest request = ApiRequest.parse(attempt.request());
      if (request instanceof ApiRequest.DetailBatch batch) {
        ids.addAll(batch.ids());
      } else if (request instanceof ApiRequest.SingleDetail single) {
        ids.add(single.id());
      }
    }
    return ids;
  }

  /** Whether several were requested at once. */
  public static boolean isBatch(RawObject stored) {
    return stored.attempts().stream()
        .anyMatch(attempt -> ApiRequest.parse(attempt.request()) instanceof ApiRequest.DetailBatch);
  }

  /** Whether a refusal concerns the id, not the request. */
  static boolean isAboutTheId(@Nullable Reason refusal) {
    return Reason.NOT_FOUND.equals(refusal) || Reason.FORBIDDEN.equals(refusal);
  }

  private static ResponseMeaning meaning(RawAttempt attempt) {
    return ResponseMeaning.of(attempt.status(), attempt.body());
  }

  private static void addResponse(
      Map<String, StoredDetail> details,
      Set<String> leftOut,
      ApiRequest request,
      RawAttempt attempt) {
    try {
      DetailJson.Details read = read(request, Objects.requireNonNullElse(attempt.body(), ""));
      read.byId().forEach((id, object) -> details.put(id, detail(object, attempt)));
      for (String id : missing(request, read)) {
        if (!leftOut.add(id)) {
          details.putIfAbsent(id, detail(null, attempt));
        }
      }
    } catch (MalformedResponseException e) {
      // It was retried then, and the next attempt shows the result.
      return;
    }
  }

  private static StoredDetail detail(@Nullable JsonNode object, RawAttempt attempt) {
    return new StoredDetail(object, object == null ? Reason.NOT_FOUND : null, attempt.fetchedAt());
  }

  /**
   * The ids that a batch does not account for. They are requested once more, by themselves; Spotify
   * does not know those that are missing then too.
   */
  static List<String> missing(ApiRequest request, DetailJson.Details read) {
    return request instanceof ApiRequest.DetailBatch batch
        ? batch.ids().stream().filter(id -> !read.byId().containsKey(id)).toList()
        : List.of();
  }

  static DetailJson.Details read(ApiRequest request, String body)
      throws MalformedResponseException {
    if (request instanceof ApiRequest.DetailBatch batch) {
      return DetailJson.readBatch(batch.kind(), batch.ids(), body);
    } else if (request instanceof ApiRequest.SingleDetail single) {
      return DetailJson.readSingle(single.id(), body);
    }
    throw new IllegalStateException("not a request for details: " + request);
  }
}
