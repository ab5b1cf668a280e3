package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawAttempt;
import dev.playlistlake.io.lake.RawObject;
import java.util.List;

/** A subject that is being asked for, with the answers that are waiting to be stored. */
final class SubjectWork {
  private final Subject subject;
  private final RawObject.Draft draft = new RawObject.Draft();
  private int attempts;

  SubjectWork(Subject subject) {
    this.subject = subject;
  }

  Subject subject() {
    return subject;
  }

  RawObject.Draft draft() {
    return draft;
  }

  /** Whether anything was sent for it. */
  boolean wasAsked() {
    return attempts > 0;
  }

  /**
   * Takes what came of a request, in one go: the stored order of attempts is the order in which the
   * subject learned of them.
   */
  void take(ApiRequest request, Retrying.Reply reply, List<byte[]> compressed) {
    compressed.forEach(draft::add);
    attempts += compressed.size();
    Parsed parsed = reply.parsed();
    Integer refusedWith = reply.refusedWith();
    if (parsed != null) {
      RawAttempt answer = reply.last();
      subject.answered(request, answer, parsed);
    } else if (refusedWith != null) {
      subject.refused(request, refusedWith);
    } else if (reply.reason() != null) {
      subject.failed(request, reply.reason());
    }
  }
}
