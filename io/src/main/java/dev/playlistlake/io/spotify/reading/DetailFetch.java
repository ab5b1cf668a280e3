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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks for the details of some albums or artists: in one batch, or one by one. */
public final class DetailFetch implements FetchPlan {
  private final String name;
  private final SubjectType kind;
  private final List<String> ids;
  private final boolean batch;
  private List<ApiRequest> toSend = new ArrayList<>();
  private final Map<String, Word> words = new LinkedHashMap<>();
  private int underWay;
  private @Nullable Reason refused;
  private @Nullable Reason failed;

  private DetailFetch(String name, SubjectType kind, List<String> ids, boolean batch) {
    this.name = name;
    this.batch = batch;
    this.kind = kind;
    this.ids = List.copyOf(ids);
  }

  /**
   * What was said of an id.
   *
   * @param known whether Spotify knows it
   */
  public record Word(boolean known, Instant at) {}

  public static DetailFetch batch(String name, SubjectType kind, List<String> ids) {
    DetailFetch reading = new DetailFetch(name, kind, ids, true);
    reading.toSend.add(new ApiRequest.DetailBatch(kind, ids));
    return reading;
  }

  public static DetailFetch oneByOne(String name, SubjectType kind, List<String> ids) {
    DetailFetch reading = new DetailFetch(name, kind, ids, false);
    ids.forEach(id -> reading.toSend.add(new ApiRequest.SingleDetail(kind, id)));
    return reading;
  }

  public SubjectType kind() {
    return kind;
  }

  public List<String> ids() {
    return ids;
  }

  /** What was said, by id; without those of which nothing was. */
  public Map<String, Word> words() {
    return words;
  }

  /** Ids of which nothing was said. */
  public List<String> unanswered() {
    return ids.stream().filter(id -> !words.containsKey(id)).toList();
  }

  /** Whether this asks for several at once. */
  public boolean isBatch() {
    return batch;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<ApiRequest> next() {
    List<ApiRequest> now = toSend;
    toSend = new ArrayList<>();
    underWay += now.size();
    return now;
  }

  @Override
  public List<ApiRequest> atTheEnd() {
    return List.of();
  }

  @Override
  public boolean dropIfObsolete(ApiRequest request) {
    return false;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt answer) throws MalformedResponseException {
    return StoredDetailResponses.read(request, Objects.requireNonNullElse(answer.body(), ""));
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt answer, Parsed parsed) {
    underWay--;
    if (parsed instanceof DetailJson.Details details) {
      details
          .byId()
          .forEach((id, object) -> words.put(id, new Word(object != null, answer.fetchedAt())));
    }
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    underWay--;
    if (request instanceof ApiRequest.SingleDetail single
        && StoredDetailResponses.isAboutTheId(why)) {
      words.put(single.id(), new Word(false, at));
    }
    if (request instanceof ApiRequest.DetailBatch || !Reason.NOT_FOUND.equals(why)) {
      refused = why;
    }
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    underWay--;
    failed = why;
  }

  @Override
  public @Nullable RawOutcome outcome() {
    if (underWay > 0 || !toSend.isEmpty()) {
      return null;
    }
    Reason why = reason();
    if (why == null) {
      return RawOutcome.COMPLETE;
    }
    if (failed == null && StoredDetailResponses.isAboutTheId(why)) {
      return RawOutcome.REJECTED;
    }
    return !words.isEmpty() ? RawOutcome.PARTIAL : RawOutcome.NONE;
  }

  @Override
  public @Nullable Reason reason() {
    return failed == null ? refused : failed;
  }
}
