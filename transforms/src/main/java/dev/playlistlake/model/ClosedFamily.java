package dev.playlistlake.model;

import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A family of endpoints whose quota is used up (decision 32).
 *
 * @param family path template of its requests, such as {@code /v1/albums/{id}}
 * @param resumeAt when Spotify answers there again; null if it set no time
 */
public record ClosedFamily(String family, @Nullable Instant resumeAt) implements Serializable {

  /** Whether only details of albums or artists need it: a day is whole without them. */
  public boolean isOfDetails() {
    return family.startsWith("/v1/albums") || family.startsWith("/v1/artists");
  }
}
