package dev.playlistlake.model.run;

import dev.playlistlake.model.ClosedFamily;
import dev.playlistlake.model.Reason;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run's fetching has gone so far; passed on as data, so one budget and one stop apply to all
 * of it.
 *
 * @param refusal Spotify's error code for a refused sign-in, or that of the {@link NetworkProblem}
 *     by which nothing was reached; or null
 * @param stoppedBy why fetching stopped, or null
 * @param resumeAt when fetching may resume, if Spotify set a time
 * @param requests number of requests made
 * @param missingCapabilities what this app may not do
 * @param rateLimiter the rate limiter's state
 * @param access how far its requests have come
 * @param closedFamilies families of endpoints whose quota is used up; the others go on
 */
public record FetchReport(
    @Nullable String refusal,
    @Nullable Reason stoppedBy,
    @Nullable Instant resumeAt,
    long requests,
    List<String> missingCapabilities,
    RateLimiterSnapshot rateLimiter,
    Access access,
    List<ClosedFamily> closedFamilies)
    implements Serializable {
  public FetchReport {
    missingCapabilities = List.copyOf(missingCapabilities);
    closedFamilies = List.copyOf(closedFamilies);
  }

  /** Without a learned rate. */
  public FetchReport(
      @Nullable String refusal,
      @Nullable Reason stoppedBy,
      @Nullable Instant resumeAt,
      long requests,
      List<String> missingCapabilities) {
    this(
        refusal,
        stoppedBy,
        resumeAt,
        requests,
        missingCapabilities,
        RateLimiterSnapshot.open(),
        Access.unknown(),
        List.of());
  }

  /** Before the first request. */
  public static FetchReport start() {
    return afterRequests(0);
  }

  /** Before the first request, except those of an interrupted attempt of the same run. */
  public static FetchReport afterRequests(long requests) {
    return new FetchReport(null, null, null, requests, List.of());
  }

  /** A copy that adds the requests of an interrupted attempt of the same run. */
  public FetchReport withMoreRequests(long more) {
    return new FetchReport(
        refusal,
        stoppedBy,
        resumeAt,
        requests + more,
        missingCapabilities,
        rateLimiter,
        access,
        closedFamilies);
  }

  /** A copy with the missing capabilities. */
  public FetchReport withMissing(List<String> capabilities) {
    return new FetchReport(
        refusal, stoppedBy, resumeAt, requests, capabilities, rateLimiter, access, closedFamilies);
  }

  /**
   * A copy for a run that left playlists unread because families of endpoints were closed: that is
   * why it ended early, unless it was stopped by something else.
   */
  public FetchReport leftUnreadByQuota() {
    return stoppedBy != null || closedFamilies.isEmpty()
        ? this
        : new FetchReport(
            refusal,
            Reason.QUOTA_EXCEEDED,
            earliestOfPlaylists(),
            requests,
            missingCapabilities,
            rateLimiter,
            access,
            closedFamilies);
  }

  private @Nullable Instant earliestOfPlaylists() {
    Instant earliest = null;
    for (ClosedFamily family : closedFamilies) {
      Instant at = family.isOfDetails() ? null : family.resumeAt();
      earliest = at == null || (earliest != null && earliest.isBefore(at)) ? earliest : at;
    }
    return earliest;
  }

  /** Whether sign-in succeeded or was not needed, and Spotify was within reach. */
  public boolean isAuthorised() {
    return refusal == null;
  }

  /** Whether nothing of Spotify could be reached. */
  public boolean isUnreachable() {
    return refusal != null && NetworkProblem.ofCode(refusal).isPresent();
  }
}
