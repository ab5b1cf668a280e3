package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawAttempt;
import dev.playlistlake.io.lake.RawObject;
import java.util.ArrayList;
import java.util.List;

/** A subject that is being asked for, with the answers that are waiting to be stored. */
final class SubjectWork {
  private final Subject subject;
  private final List<byte[]> attempts = new ArrayList<>();

  SubjectWork(Subject subject) {
    this.subject = subject;
  }

  Subject subject() {
    return subject;
  }

  /** Whether anything was sent for it. */
  boolean wasAsked() {
    return !attempts.isEmpty();
  }

  /** The answers, ready to be stored. */
  RawObject.Draft draft() {
    RawObject.Draft draft = new RawObject.Draft();
    attempts.forEach(draft::add);
    return draft;
  }

  /**
   * Takes what came of a request, in one go: the stored order of attempts is the order in which the
   * subject learned of them.
   */
  void take(ApiRequest request, Retrying.Reply reply) {
    attempts.addAll(reply.compressed());
    Parsed parsed = reply.parsed();
    if (parsed != null) {
      RawAttempt answer = reply.last();
      subject.answered(request, answer, parsed);
    } else if (reply.refusedWith() != null) {
      subject.refused(request, reply.last());
    } else if (reply.reason() != null) {
      subject.failed(request, reply.reason());
    }
  }
}
