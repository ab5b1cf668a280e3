package dev.playlistlake.model;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the asking of a run went so far; passed on as data, so that one budget and one stop hold for
 * all of it.
 *
 * @param refusal the error code with which Spotify refused to let us in, or null
 * @param stoppedBy why nobody may ask any more, or null
 * @param resumeAt when asking may go on, if Spotify said so
 * @param requests how many requests were made
 * @param missingCapabilities what this app may not do
 * @param gate what was learned about the allowed rate
 */
public record FetchReport(
    @Nullable String refusal,
    @Nullable Reason stoppedBy,
    @Nullable Instant resumeAt,
    long requests,
    List<String> missingCapabilities,
    RateLimiterSnapshot gate)
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
    this(refusal, stoppedBy, resumeAt, requests, missingCapabilities, RateLimiterSnapshot.open());
  }

  /** Nothing was asked yet. */
  public static FetchReport start() {
    return afterRequests(0);
  }

  /** Nothing was asked yet, but by an attempt of the same run that was cut short. */
  public static FetchReport afterRequests(long requests) {
    return new FetchReport(null, null, null, requests, List.of());
  }

  /** The same with requests that an attempt of the same run made before it was cut short. */
  public FetchReport withMoreRequests(long more) {
    return new FetchReport(
        refusal, stoppedBy, resumeAt, requests + more, missingCapabilities, gate);
  }

  /** The same with what this app may not do. */
  public FetchReport withMissing(List<String> capabilities) {
    return new FetchReport(refusal, stoppedBy, resumeAt, requests, capabilities, gate);
  }

  /** Whether Spotify let us in, or was not asked to. */
  public boolean isAuthorised() {
    return refusal == null;
  }
}
