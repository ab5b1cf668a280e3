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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks whose token it is: {@code GET /v1/me}. */
public final class CurrentUserFetch implements FetchPlan {
  /** Name of the stored object. */
  public static final String NAME = "user";

  private boolean given;
  private @Nullable RawOutcome ending;
  private @Nullable Reason reason;
  private @Nullable String userId;

  /** The user's id; null where it is not told. */
  @Nullable String userId() {
    return userId;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<ApiRequest> next() {
    if (given) {
      return List.of();
    }
    given = true;
    return List.of(new ApiRequest.User());
  }

  @Override
  public List<ApiRequest> atTheEnd() {
    return List.of();
  }

  @Override
  public boolean dropIfObsolete(ApiRequest request) {
    return false;
  }

  @Override
  public Parsed parse(ApiRequest request, RawAttempt answer) throws MalformedResponseException {
    JsonNode user = LibraryFetch.object(answer);
    String id = JsonFields.text(user, "id");
    if (id == null || id.isEmpty() || !RawStore.canName(LikedSongs.id(id))) {
      throw new MalformedResponseException("the answer names no user");
    }
    return new CurrentUser(id);
  }

  @Override
  public void succeeded(ApiRequest request, RawAttempt answer, Parsed parsed) {
    if (parsed instanceof CurrentUser user) {
      userId = user.id();
      ending = RawOutcome.COMPLETE;
    }
  }

  @Override
  public void refused(ApiRequest request, Reason why, Instant at) {
    // Not the last word: who is put on the app's list today may ask again today.
    failed(request, LibraryFetch.reasonOf(why));
  }

  @Override
  public void failed(ApiRequest request, Reason why) {
    ending = RawOutcome.NONE;
    reason = why;
  }

  @Override
  public @Nullable RawOutcome outcome() {
    return ending;
  }

  @Override
  public @Nullable Reason reason() {
    return reason;
  }
}
