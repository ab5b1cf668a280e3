package dev.playlistlake.io.spotify.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.CurrentUser;
import dev.playlistlake.io.spotify.api.JsonFields;
import dev.playlistlake.io.spotify.api.MalformedResponseException;
import dev.playlistlake.io.spotify.api.Parsed;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fetches the token's user: {@code GET /v1/me}. */
public final class CurrentUserFetch extends QueuedFetch {
  /** Name of the stored object. */
  public static final String NAME = "user";

  private @Nullable String userId;

  public CurrentUserFetch() {
    queue.add(new ApiRequest.User());
  }

  /** The user's id; null if it was not received. */
  @Nullable String userId() {
    return userId;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt response) throws MalformedResponseException {
    JsonNode user = LibraryFetch.object(response);
    String id = JsonFields.text(user, "id");
    if (id == null || id.isEmpty() || !RawStore.canName(LikedSongs.id(id))) {
      throw new MalformedResponseException("the response names no user");
    }
    return new CurrentUser(id);
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt response, Parsed parsed) {
    queue.done();
    if (parsed instanceof CurrentUser user) {
      userId = user.id();
      end(RawOutcome.COMPLETE, null);
    }
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    // Never final: a user added to the app's list today may try again today.
    failed(request, LibraryFetch.reasonOf(why));
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    queue.done();
    end(RawOutcome.NONE, why);
  }
}
