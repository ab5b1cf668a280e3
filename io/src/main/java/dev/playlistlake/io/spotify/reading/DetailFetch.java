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
  private final Mode mode;
  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private boolean repeated;
  private final Map<String, Reason> notSent = new LinkedHashMap<>();
  private final Map<String, Reason> failures = new LinkedHashMap<>();
  private boolean removed;
  private @Nullable Reason refused;
  private @Nullable Reason failed;

  private enum Mode {
    /** A batch that finds out whether this app may send batches. */
    PROBE,
    BATCH,
    ONE_BY_ONE
  }

  private DetailFetch(String name, SubjectType kind, List<String> ids, Mode mode) {
    this.name = name;
    this.mode = mode;
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
    return batch(name, kind, ids, Mode.BATCH);
  }

  /** The same batch, sent before any other to find out whether this app may send batches. */
  public DetailFetch asProbe() {
    return batch(name, kind, ids, Mode.PROBE);
  }

  private static DetailFetch batch(String name, SubjectType kind, List<String> ids, Mode mode) {
    DetailFetch fetch = new DetailFetch(name, kind, ids, mode);
    fetch.queue.add(new ApiRequest.DetailBatch(kind, ids));
    return fetch;
  }

  public static DetailFetch oneByOne(String name, SubjectType kind, List<String> ids) {
    DetailFetch fetch = new DetailFetch(name, kind, ids, Mode.ONE_BY_ONE);
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

  /** Ids that were requested in vain, with the reason. */
  public Map<String, Reason> failures() {
    return failures;
  }

  /** Ids that were not requested because the run stopped or their family is closed. */
  public Map<String, Reason> notSent() {
    return notSent;
  }

  /** Whether this requests several at once. */
  public boolean isBatch() {
    return mode != Mode.ONE_BY_ONE;
  }

  /** Whether this is a batch that was refused for good: the app may not send batches. */
  public boolean isRefusedBatch() {
    return isBatch() && outcome() == RawOutcome.REJECTED;
  }

  /** Whether Spotify answered like a removed endpoint that knows no 403: with nothing but 429s. */
  public boolean isRefusedForRate() {
    return removed;
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
    } else {
      idsOf(request).forEach(id -> failures.put(id, why));
    }
    if (request instanceof ApiRequest.DetailBatch || !Reason.NOT_FOUND.equals(why)) {
      refused = why;
    }
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    queue.done();
    failed = why;
    idsOf(request).forEach(id -> failures.put(id, why));
  }

  @Override
  public void failed(ApiRequest request, Reason why, RawAttempt last) {
    failed(request, why);
    if (request instanceof ApiRequest.SingleDetail single) {
      // What a replay finds: it sees the attempts, not why there are no more of them.
      failures.put(single.id(), StoredDetailResponses.failure(last));
    }
  }

  @Override
  public void notSent(ApiRequest request, Reason why) {
    queue.done();
    failed = why;
    idsOf(request).forEach(id -> notSent.put(id, why));
  }

  @Override
  public void refusedForRate(ApiRequest request) {
    if (mode == Mode.PROBE) {
      removed = true;
      queue.done();
      refused = Reason.FORBIDDEN;
      ids.forEach(id -> failures.put(id, Reason.FORBIDDEN));
    } else {
      failed(request, Reason.RATE_LIMITED);
    }
  }

  private static List<String> idsOf(ApiRequest request) {
    return request instanceof ApiRequest.DetailBatch batch
        ? batch.ids()
        : List.of(((ApiRequest.SingleDetail) request).id());
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
