package dev.playlistlake.io.spotify.users;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.KnownRefusal;
import dev.playlistlake.io.spotify.http.WebApiClient;
import dev.playlistlake.model.ForeignText;

/**
 * Shows the users of a response as the lake may show them, before any other code sees it (decision
 * 22).
 */
public final class ResponseRedactor implements WebApiClient.Redaction {
  private final UserJson users;
  private final UserJson usersOfLibrary;

  public ResponseRedactor(UserPseudonyms ids) {
    this.users = new UserJson(ids);
    this.usersOfLibrary = new UserJson(ids.hashingAtLeast());
  }

  /**
   * A library's own playlists must be distinguishable from followed ones even if user ids are
   * dropped. Plain text is not shown, but a known refusal must still be recognised.
   */
  @Override
  public String redact(ApiRequest request, String body) {
    String clean = clean(request, body);
    return clean.equals(ForeignText.NOT_SHOWN)
        ? KnownRefusal.in(body).map(KnownRefusal::text).orElse(clean)
        : clean;
  }

  private String clean(ApiRequest request, String body) {
    if (request instanceof ApiRequest.User) {
      return usersOfLibrary.cleanUser(body);
    }
    return request instanceof ApiRequest.LibraryPage
        ? usersOfLibrary.clean(body)
        : users.clean(body);
  }
}
