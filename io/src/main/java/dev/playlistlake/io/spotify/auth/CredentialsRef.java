package dev.playlistlake.io.spotify.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.spotify.api.JsonFields;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the credentials are, never the credentials: options and the serialized graph contain only
 * this. It is resolved where and when a sign-in happens.
 *
 * @param kind what the reference points at
 * @param place the file's path for {@link Kind#FILE}, the secret's ARN for {@link
 *     Kind#SECRETS_MANAGER}, else empty
 */
public record CredentialsRef(Kind kind, String place) implements Serializable {
  /** The kinds of references. */
  public enum Kind {
    ENV,
    FILE,
    SECRETS_MANAGER,
    /** The embedded sample's own, which work for nothing else. */
    SAMPLE
  }

  static final String REFRESH_TOKEN = "SPOTIFY_REFRESH_TOKEN";

  static final String CLIENT_ID = "SPOTIFY_CLIENT_ID";

  /** The day on which the user agreed, {@code YYYY-MM-DD}; {@code login} records it. */
  static final String AUTHORIZED_ON = "SPOTIFY_AUTHORIZED_ON";

  private static final String CLIENT_SECRET = "SPOTIFY_CLIENT_SECRET";
  private static final String FILE_PREFIX = "file:";
  private static final String SECRETS_MANAGER_PREFIX = "secretsmanager:";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The embedded sample's credentials. */
  public static CredentialsRef sample() {
    return new CredentialsRef(Kind.SAMPLE, "");
  }

  /**
   * Parses a reference as a flag gives it.
   *
   * @throws IllegalArgumentException with a message for the user
   */
  public static CredentialsRef parse(String written) {
    if (written.equals("env")) {
      return new CredentialsRef(Kind.ENV, "");
    }
    if (written.startsWith(FILE_PREFIX) && written.length() > FILE_PREFIX.length()) {
      String path = written.substring(FILE_PREFIX.length());
      if (CredentialsFile.isSomethingElse(Path.of(path))) {
        throw new IllegalArgumentException(
            "'" + path + "' is a device or a large file; give a file of lines NAME=value");
      }
      return new CredentialsRef(Kind.FILE, path);
    }
    // The value may be a secret pasted by mistake: it is not repeated.
    if (written.startsWith(SECRETS_MANAGER_PREFIX)) {
      String arn = written.substring(SECRETS_MANAGER_PREFIX.length());
      if (!SecretsManager.isArn(arn)) {
        throw new IllegalArgumentException(
            "secretsmanager: takes the whole ARN of a secret,"
                + " arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME");
      }
      return new CredentialsRef(Kind.SECRETS_MANAGER, arn);
    }
    throw new IllegalArgumentException(
        "takes a reference, env, file:PATH or secretsmanager:ARN, never a secret itself");
  }

  /** The reference as the flag takes it. */
  public String written() {
    return switch (kind) {
      case ENV -> "env";
      case FILE -> FILE_PREFIX + place;
      case SECRETS_MANAGER -> SECRETS_MANAGER_PREFIX + place;
      case SAMPLE -> "sample";
    };
  }

  /** How to put a new refresh token there: the beginning of a sentence. */
  public String howToAuthorise() {
    return switch (kind) {
      case ENV ->
          "Run eval \"$(java -jar playlist-lake.jar login)\" where runs are started"
              + " (with --liked if Liked Songs are read; an export that is pasted stands in the"
              + " shell's history)";
      case FILE ->
          "Run login --credentials=" + written() + " again (with --liked if Liked Songs are read)";
      case SECRETS_MANAGER ->
          "Run login --credentials=file:PATH (with --liked if Liked Songs are read) and replace the"
              + " secret by what that file then holds";
      case SAMPLE -> "Run the sample again";
    };
  }

  /** Where the credentials are, as text. */
  public String where() {
    return kind == Kind.ENV ? "the environment" : written();
  }

  /**
   * The credentials themselves.
   *
   * @throws SignInException if they are not there; names what is missing
   * @throws IOException if the source does not respond; a retry may help
   */
  Credentials resolve(Function<String, @Nullable String> environment, SecretStore secrets)
      throws SignInException, IOException {
    return switch (kind) {
      case ENV -> credentials(environment, "the environment");
      case FILE -> credentials(readFile()::get, place);
      case SECRETS_MANAGER -> credentials(readSecret(secrets.text(place))::get, "the secret");
      case SAMPLE -> new Credentials("sample-client", "sample-secret", null, null);
    };
  }

  /**
   * Stores a refresh token that replaces ours so that it outlives this process; warns if that is
   * impossible. The stored token is never lost on the way.
   */
  void keep(String refreshToken) {
    switch (kind) {
      case FILE -> {
        try {
          new CredentialsFile(Path.of(place)).keep(refreshToken);
        } catch (IOException e) {
          SignInNotices.warn(
              replaced("the one in " + place)
                  + ", and the file could not be rewritten ("
                  + CredentialsFile.why(e)
                  + "). "
                  + howToAuthorise()
                  + ", in a folder that this program may write to.");
        }
      }
      case ENV ->
          SignInNotices.warn(
              replaced("the one in the variable " + REFRESH_TOKEN)
                  + ". "
                  + howToAuthorise()
                  + " before the next run; with --credentials=file:PATH this program keeps it up to"
                  + " date itself.");
      case SECRETS_MANAGER ->
          SignInNotices.warn(
              replaced("the one in the secret " + place)
                  + ". "
                  + howToAuthorise()
                  + " before the next run; with --credentials=file:PATH this program keeps it up to"
                  + " date itself.");
      case SAMPLE -> {
        // Has none.
      }
    }
  }

  private static String replaced(String where) {
    return "Spotify replaced the refresh token during this run: " + where + " no longer works";
  }

  private static Credentials credentials(Function<String, @Nullable String> values, String where)
      throws SignInException {
    String id = value(values, CLIENT_ID);
    String secret = value(values, CLIENT_SECRET);
    String refreshToken = value(values, REFRESH_TOKEN);
    if (id == null) {
      throw missing(CLIENT_ID + " is not set in " + where);
    } else if (secret == null && refreshToken == null) {
      // An app without a user needs it; a user's token from login does not.
      throw missing(CLIENT_SECRET + " is not set in " + where);
    }
    return new Credentials(id, secret, refreshToken, value(values, AUTHORIZED_ON));
  }

  private static @Nullable String value(Function<String, @Nullable String> values, String name) {
    String value = values.apply(name);
    return value == null || value.isBlank() ? null : value.strip();
  }

  private Map<String, String> readFile() throws SignInException {
    try {
      return new CredentialsFile(Path.of(place)).read();
    } catch (IOException e) {
      throw missing("the credentials file cannot be read: " + place);
    }
  }

  /** One JSON object with these names, as the AWS console creates it, or lines as in a file. */
  private static Map<String, String> readSecret(String text) throws SignInException {
    if (!text.strip().startsWith("{")) {
      return DotEnv.parse(text).values();
    }
    try {
      JsonNode json = MAPPER.readTree(text);
      Map<String, String> values = new HashMap<>();
      for (String name : List.of(CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN, AUTHORIZED_ON)) {
        String value = JsonFields.text(json, name);
        if (value != null) {
          values.put(name, value);
        }
      }
      return values;
    } catch (JsonProcessingException e) {
      throw missing("the secret is neither JSON nor lines NAME=value");
    }
  }

  private static SignInException missing(String why) {
    return new SignInException(SignInException.MISSING_CREDENTIALS, why);
  }
}
