package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import java.util.ArrayList;
import java.util.List;

/** A subject that is being asked for, with the answers that are waiting to be stored. */
public final class OpenFetch {
  private final FetchPlan subject;
  private final List<byte[]> attempts = new ArrayList<>();

  OpenFetch(FetchPlan subject) {
    this.subject = subject;
  }

  public FetchPlan subject() {
    return subject;
  }

  /** Whether anything was sent for it. */
  boolean wasAsked() {
    return !attempts.isEmpty();
  }

  /** The answers, ready to be stored. */
  public RawObject.Draft draft() {
    RawObject.Draft draft = new RawObject.Draft();
    attempts.forEach(draft::add);
    return draft;
  }

  /**
   * Takes what came of a request, in one go: the stored order of attempts is the order in which the
   * subject learned of them.
   */
  void take(ApiRequest request, RetryingClient.Reply reply) {
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
