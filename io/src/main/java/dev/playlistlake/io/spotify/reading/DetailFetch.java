package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.DetailJson;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fetches details of some albums or artists: in one batch, or one by one. */
public final class DetailFetch extends QueuedFetch {
  private final String name;
  private final SubjectType kind;
  private final List<String> ids;
  private final boolean batch;
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private boolean repeated;
  private @Nullable Reason refused;
  private @Nullable Reason failed;

  private DetailFetch(String name, SubjectType kind, List<String> ids, boolean batch) {
    this.name = name;
    this.batch = batch;
    this.kind = kind;
    this.ids = List.copyOf(ids);
  }

  /**
   * The result for one id.
   *
   * @param known whether Spotify knows it
   * @param at when the response arrived
   */
  public record Finding(boolean known, Instant at) {}

  public static DetailFetch batch(String name, SubjectType kind, List<String> ids) {
    DetailFetch fetch = new DetailFetch(name, kind, ids, true);
    fetch.queue.add(new ApiRequest.DetailBatch(kind, ids));
    return fetch;
  }

  public static DetailFetch oneByOne(String name, SubjectType kind, List<String> ids) {
    DetailFetch fetch = new DetailFetch(name, kind, ids, false);
    ids.forEach(id -> fetch.queue.add(new ApiRequest.SingleDetail(kind, id)));
    return fetch;
  }

  public SubjectType kind() {
    return kind;
  }

  public List<String> ids() {
    return ids;
  }

  /** The results by id; ids without a response are left out. */
  public Map<String, Finding> findings() {
    return findings;
  }

  /** Ids without a response. */
  public List<String> withoutResponse() {
    return ids.stream().filter(id -> !findings.containsKey(id)).toList();
  }

  /** Whether this requests several at once. */
  public boolean isBatch() {
    return batch;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt response) throws MalformedResponseException {
    return StoredDetailResponses.read(request, Objects.requireNonNullElse(response.body(), ""));
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt response, Parsed parsed) {
    queue.done();
    if (parsed instanceof DetailJson.Details details) {
      details
          .byId()
          .forEach(
              (id, object) -> findings.put(id, new Finding(object != null, response.fetchedAt())));
      List<String> missing = StoredDetailResponses.missing(request, details);
      if (!missing.isEmpty() && repeated) {
        missing.forEach(id -> findings.put(id, new Finding(false, response.fetchedAt())));
      } else if (!missing.isEmpty()) {
        repeated = true;
        queue.add(new ApiRequest.DetailBatch(kind, missing));
      }
    }
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    queue.done();
    if (request instanceof ApiRequest.SingleDetail single
        && StoredDetailResponses.isAboutTheId(why)) {
      findings.put(single.id(), new Finding(false, at));
    }
    if (request instanceof ApiRequest.DetailBatch || !Reason.NOT_FOUND.equals(why)) {
      refused = why;
    }
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    queue.done();
    failed = why;
  }

  @Override
  public @Nullable RawOutcome outcome() {
    if (!queue.isIdle()) {
      return null;
    }
    Reason why = reason();
    if (why == null) {
      return RawOutcome.COMPLETE;
    }
    if (failed == null && StoredDetailResponses.isAboutTheId(why)) {
      return RawOutcome.REJECTED;
    }
    return !findings.isEmpty() ? RawOutcome.PARTIAL : RawOutcome.NONE;
  }

  @Override
  public @Nullable Reason reason() {
    return failed == null ? refused : failed;
  }
}
