package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawAttempt;
import dev.playlistlake.io.lake.RawOutcome;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks for the details of some albums or artists: in one batch, or one by one. */
final class DetailReading implements Subject {
  private final String name;
  private final SubjectType kind;
  private final List<String> ids;
  private List<ApiRequest> toSend = new ArrayList<>();
  private int underWay;
  private int answered;
  private @Nullable Reason refused;
  private @Nullable Reason failed;

  private DetailReading(String name, SubjectType kind, List<String> ids) {
    this.name = name;
    this.kind = kind;
    this.ids = List.copyOf(ids);
  }

  static DetailReading batch(String name, SubjectType kind, List<String> ids) {
    DetailReading reading = new DetailReading(name, kind, ids);
    reading.toSend.add(new ApiRequest.DetailBatch(kind, ids));
    return reading;
  }

  static DetailReading oneByOne(String name, SubjectType kind, List<String> ids) {
    DetailReading reading = new DetailReading(name, kind, ids);
    ids.forEach(id -> reading.toSend.add(new ApiRequest.SingleDetail(kind, id)));
    return reading;
  }

  SubjectType kind() {
    return kind;
  }

  List<String> ids() {
    return ids;
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
  public Parsed understand(ApiRequest request, RawAttempt answer) throws MalformedAnswerException {
    return DetailAnswers.read(request, Objects.requireNonNullElse(answer.body(), ""));
  }

  @Override
  public void answered(ApiRequest request, RawAttempt answer, Parsed parsed) {
    underWay--;
    answered++;
  }

  @Override
  public void refused(ApiRequest request, int status) {
    underWay--;
    if (request instanceof ApiRequest.SingleDetail && status == 404) {
      answered++;
    } else {
      refused = DetailAnswers.reasonOf(status);
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
    if (failed == null && (why == Reason.FORBIDDEN || why == Reason.NOT_FOUND)) {
      return RawOutcome.REJECTED;
    }
    return answered > 0 ? RawOutcome.PARTIAL : RawOutcome.NONE;
  }

  @Override
  public @Nullable Reason reason() {
    return failed == null ? refused : failed;
  }
}
