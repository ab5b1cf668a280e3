package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawAttempt;
import dev.playlistlake.io.lake.RawObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** A subject that is being asked for, with the answers that are waiting to be stored. */
final class SubjectWork {
  private final Subject subject;
  private final List<Future<byte[]>> attempts = new ArrayList<>();

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

  /** The answers, ready to be stored; waits for those that are still being compressed. */
  RawObject.Draft draft() {
    RawObject.Draft draft = new RawObject.Draft();
    attempts.forEach(attempt -> draft.add(Futures.value(attempt)));
    return draft;
  }

  /**
   * Takes what came of a request, in one go: the stored order of attempts is the order in which the
   * subject learned of them.
   */
  void take(ApiRequest request, Retrying.Reply reply, ExecutorService compressing) {
    for (RawAttempt attempt : reply.attempts()) {
      attempts.add(compressing.submit(() -> RawObject.compress(attempt)));
    }
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
