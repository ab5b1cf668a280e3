package dev.playlistlake.model;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the fetching of a run went so far; passed on as data, so that one budget and one stop hold
 * for both stages.
 *
 * @param refusal the error code with which Spotify refused the sign-in, or null
 * @param stoppedBy why no more requests may be sent, or null
 * @param resumeAt when fetching may go on, if Spotify said so
 * @param requests how many requests were sent
 * @param missingCapabilities what this app may not do
 * @param gate what was learned about the allowed rate
 * @param succeeded whether any request succeeded: a later 401 then does not condemn the run
 */
public record FetchReport(
    @Nullable String refusal,
    @Nullable Reason stoppedBy,
    @Nullable Instant resumeAt,
    long requests,
    List<String> missingCapabilities,
    RateLimiterSnapshot gate,
    boolean succeeded)
    implements Serializable {
  public FetchReport {
    missingCapabilities = List.copyOf(missingCapabilities);
  }

  /** With nothing learned about the allowed rate. */
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
        false);
  }

  /** No request was sent yet. */
  public static FetchReport start() {
    return afterRequests(0);
  }

  /** No request was sent yet, except by an attempt of the same run that was cut short. */
  public static FetchReport afterRequests(long requests) {
    return new FetchReport(null, null, null, requests, List.of());
  }

  /** The same with the requests of an earlier attempt of the same run that was cut short. */
  public FetchReport withMoreRequests(long more) {
    return new FetchReport(
        refusal, stoppedBy, resumeAt, requests + more, missingCapabilities, gate, succeeded);
  }

  /** The same with what this app may not do. */
  public FetchReport withMissing(List<String> capabilities) {
    return new FetchReport(refusal, stoppedBy, resumeAt, requests, capabilities, gate, succeeded);
  }

  /** Whether Spotify accepted the sign-in, or none was needed. */
  public boolean isAuthorised() {
    return refusal == null;
  }
}
