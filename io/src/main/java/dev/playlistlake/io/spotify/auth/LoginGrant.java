package dev.playlistlake.io.spotify.auth;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a user has granted to an app: a secret, to be stored once and never printed by chance. */
public final class LoginGrant {
  private final String clientId;
  private final String refreshToken;
  private final LocalDate authorizedOn;

  public LoginGrant(String clientId, String refreshToken, LocalDate authorizedOn) {
    this.clientId = clientId;
    this.refreshToken = refreshToken;
    this.authorizedOn = authorizedOn;
  }

  /** By the names that runs know them by. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(CredentialsRef.CLIENT_ID, clientId);
    values.put(CredentialsRef.REFRESH_TOKEN, refreshToken);
    values.put(CredentialsRef.AUTHORIZED_ON, authorizedOn.toString());
    return values;
  }

  /** What a shell is to be told; with the token in it. */
  public List<String> exports() {
    // In quotes that nothing ends: neither an id nor a token may hold one.
    return values().entrySet().stream()
        .map(value -> "export " + value.getKey() + "='" + value.getValue() + "'")
        .toList();
  }

  @Override
  public String toString() {
    return "Grant(not shown)";
  }
}
