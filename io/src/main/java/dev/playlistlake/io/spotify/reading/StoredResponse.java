package dev.playlistlake.io.spotify.reading;

import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Parsed;

/** A stored attempt as its subject learned of it when it was made. */
public final class StoredResponse {
  private StoredResponse() {}

  /** Tells a subject again; nothing where it was asked again then. */
  public static void tell(FetchPlan subject, RawAttempt attempt) {
    Integer status = attempt.status();
    if (status == null || status >= 500 || status == 401 || status == 429) {
      return;
    }
    ApiRequest request = ApiRequest.parse(attempt.request());
    if (status != 200) {
      subject.refused(request, attempt);
      return;
    }
    Parsed parsed;
    try {
      parsed = subject.understand(request, attempt);
    } catch (MalformedResponseException e) {
      // It was asked again then, and the next attempt says how that went.
      return;
    }
    subject.answered(request, attempt, parsed);
  }
}
