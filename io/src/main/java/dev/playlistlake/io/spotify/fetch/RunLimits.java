package dev.playlistlake.io.spotify.fetch;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.KnownRefusal;
import dev.playlistlake.io.spotify.auth.SignInException;
import dev.playlistlake.io.spotify.auth.SignInNotices;
import dev.playlistlake.model.ClosedFamily;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.model.run.RateLimiterSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What all threads of a run share: the budget, and whether requests may still be sent. */
public final class RunLimits {
  private final @Nullable Long budget;
  private long spent;
  private final RunAccess access;
  private @Nullable Reason stoppedBy;
  private @Nullable Instant resumeAt;
  private @Nullable String refusal;
  private RateLimiterSnapshot rateLimiter;
  private final List<ClosedFamily> closedBefore;
  private final Map<String, Closed> closed = new TreeMap<>();

  /**
   * A family of endpoints whose quota is used up.
   *
   * @param resumeAt when it answers again, for people; null if Spotify set no time
   * @param until the same by the clock that measures waits; {@link Instant#MAX} if it set none
   */
  private record Closed(@Nullable Instant resumeAt, Instant until) {}

  /**
   * The limits of a stage.
   *
   * @param budget most requests of the run; null for no limit
   * @param before the report of the earlier stages
   */
  public RunLimits(@Nullable Long budget, FetchReport before) {
    this.budget = budget;
    this.spent = before.requests();
    this.access = new RunAccess(before.access());
    this.stoppedBy = before.stoppedBy();
    this.resumeAt = before.resumeAt();
    this.refusal = before.refusal();
    this.rateLimiter = before.rateLimiter();
    this.closedBefore = before.closedFamilies();
  }

  /** Bounds a wait that an earlier stage reported. */
  synchronized void closedAtMost(Instant latest) {
    rateLimiter = rateLimiter.closedAtMost(latest);
  }

  /**
   * Whether a request may be sent now: the budget allows it, and the process was not requested to
   * stop. If not, the run stops here with that reason, so call this only with a request to send.
   */
  public synchronized boolean maySend() {
    if (budget != null && spent >= budget) {
      stop(Reason.BUDGET_SPENT, null);
    } else if (StopRequest.isRaised()) {
      stop(Reason.INTERRUPTED, null);
    }
    return !isOver();
  }

  /** Takes one request from the budget; false if none is left or the run has stopped. */
  synchronized boolean spend() {
    if (!maySend()) {
      return false;
    }
    spent++;
    return true;
  }

  /** Stops the fetching of the whole run; the first reason counts. */
  public synchronized void stop(Reason reason, @Nullable Instant until) {
    if (stoppedBy == null) {
      stoppedBy = reason;
      resumeAt = until;
    }
  }

  /**
   * Closes the family of a request: its quota is used up. The others go on.
   *
   * @param resumeAt when it answers again; null if Spotify set no time
   * @param until the same by the clock that measures waits; {@link Instant#MAX} if it set none
   */
  synchronized void close(ApiRequest request, @Nullable Instant resumeAt, Instant until) {
    closed.merge(
        request.family(),
        new Closed(resumeAt, until),
        (one, other) -> one.until().isAfter(other.until()) ? one : other);
  }

  /**
   * Whether requests like this one are not sent now because their quota is used up.
   *
   * @param now by the clock that measures waits
   */
  synchronized boolean isClosed(ApiRequest request, Instant now) {
    Closed family = closed.get(request.family());
    return family != null && now.isBefore(family.until());
  }

  /** A request succeeded or was refused for what it requested: Spotify accepts our tokens. */
  synchronized void succeeded() {
    access.succeeded();
  }

  /** The Web API itself responded, whatever it said. */
  synchronized void reached() {
    access.reached();
  }

  synchronized boolean hasReached() {
    return access.hasReached();
  }

  /**
   * Spotify does not accept the sign-in. Nothing of this run counts then, unless a request has
   * succeeded: what there is must not be lost, so fetching only stops.
   */
  synchronized void refuse(SignInException why) {
    if (access.hasSucceeded()) {
      stop(Reason.INVALID_GRANT, null);
      SignInNotices.warn(
          "The sign-in was refused in the middle of the run: "
              + why.getMessage()
              + ". Sign in again with login, then run the same command again.");
    } else if (refusal == null) {
      refusal = why.code();
    }
  }

  /** A request ended without a response of Spotify's. */
  synchronized void unanswered(ApiRequest request, Reason reason, NetworkFailure failure) {
    if (access.unanswered(request.toString(), reason, failure)) {
      condemn();
    }
  }

  /** A request ended with a 401, in spite of fresh tokens. */
  synchronized void unauthorized(ApiRequest request) {
    String why = "Spotify refuses tokens that it has just given";
    if (access.refused(request.toString(), SignInException.UNAUTHORIZED, why)) {
      condemn();
    }
  }

  /** A request ended with a 403 that says why. */
  synchronized void refused(ApiRequest request, KnownRefusal known) {
    access.reached();
    if (access.refused(request.toString(), known)) {
      condemn();
    }
  }

  /**
   * At the end of a stage, when all its requests have had their turn: if nothing has succeeded,
   * what refused them holds for the run. Then says on stderr what has failed, and why.
   */
  public synchronized void settle() {
    if (stoppedBy == null && refusal == null && access.isHeld()) {
      condemn();
    }
    List<String> notices = access.takeNotices();
    if (refusal == null) {
      notices.forEach(SignInNotices::warn);
    }
  }

  private void condemn() {
    if (refusal == null && stoppedBy == null) {
      refusal = access.suspicion();
      String words = access.words();
      if (words != null) {
        SignInNotices.refuse(words);
      }
    }
  }

  synchronized boolean isOver() {
    return stoppedBy != null || refusal != null;
  }

  /** The error code with which Spotify refused the sign-in, or null. */
  public synchronized @Nullable String refusal() {
    return refusal;
  }

  public synchronized @Nullable Reason stoppedBy() {
    return stoppedBy;
  }

  public synchronized long spent() {
    return spent;
  }

  /** Keeps what the rate limiter has learned. */
  public synchronized void learned(RateLimiterSnapshot snapshot) {
    rateLimiter = snapshot;
  }

  public synchronized RateLimiterSnapshot rateLimiter() {
    return rateLimiter;
  }

  /** The report for the next stage and the run's row. */
  public synchronized FetchReport report(List<String> missingCapabilities) {
    return new FetchReport(
        refusal,
        stoppedBy,
        resumeAt,
        spent,
        missingCapabilities,
        rateLimiter,
        access.report(),
        closedFamilies());
  }

  private List<ClosedFamily> closedFamilies() {
    List<ClosedFamily> families = new ArrayList<>();
    // A family is requested by one stage only.
    closedBefore.stream()
        .filter(family -> !closed.containsKey(family.family()))
        .forEach(families::add);
    closed.forEach((family, how) -> families.add(new ClosedFamily(family, how.resumeAt())));
    return families;
  }
}
