package dev.playlistlake.io.spotify.auth;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a user granted to an app: a secret, to be stored once and never printed by accident
 * (decision 21).
 */
public final class LoginGrant {
  private final String clientId;
  private final String refreshToken;
  private final LocalDate authorizedOn;

  public LoginGrant(String clientId, String refreshToken, LocalDate authorizedOn) {
    this.clientId = clientId;
    this.refreshToken = refreshToken;
    this.authorizedOn = authorizedOn;
  }

  /** By the names that runs read. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put(CredentialsRef.CLIENT_ID, clientId);
    values.put(CredentialsRef.REFRESH_TOKEN, refreshToken);
    values.put(CredentialsRef.AUTHORIZED_ON, authorizedOn.toString());
    return values;
  }

  /** The shell commands that set it, with the token in them. */
  public List<String> exports() {
    // In single quotes: neither an id nor a token can contain one.
    return values().entrySet().stream()
        .map(value -> "export " + value.getKey() + "='" + value.getValue() + "'")
        .toList();
  }

  @Override
  public String toString() {
    return "Grant(not shown)";
  }
}
