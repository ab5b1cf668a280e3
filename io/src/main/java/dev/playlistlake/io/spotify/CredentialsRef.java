package dev.playlistlake.io.spotify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the credentials are, never the credentials: this is what travels in options and in the
 * serialized graph. Resolved by whoever signs in, when it signs in.
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
    /** The embedded sample's own, which open nothing but the sample. */
    SAMPLE
  }

  static final String REFRESH_TOKEN = "SPOTIFY_REFRESH_TOKEN";

  private static final String CLIENT_ID = "SPOTIFY_CLIENT_ID";
  private static final String CLIENT_SECRET = "SPOTIFY_CLIENT_SECRET";
  private static final String FILE_PREFIX = "file:";
  private static final String SECRETS_MANAGER_PREFIX = "secretsmanager:";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The embedded sample's credentials. */
  public static CredentialsRef sample() {
    return new CredentialsRef(Kind.SAMPLE, "");
  }

  /**
   * Reads a reference as a flag gives it.
   *
   * @throws IllegalArgumentException with words for the user
   */
  public static CredentialsRef parse(String written) {
    if (written.equals("env")) {
      return new CredentialsRef(Kind.ENV, "");
    }
    if (written.startsWith(FILE_PREFIX) && written.length() > FILE_PREFIX.length()) {
      return new CredentialsRef(Kind.FILE, written.substring(FILE_PREFIX.length()));
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

  /**
   * The credentials themselves.
   *
   * @throws SignInException saying what is missing, where they are not there
   * @throws IOException where the place does not answer: worth another try
   */
  Credentials resolve(Function<String, @Nullable String> environment, SecretStore secrets)
      throws SignInException, IOException {
    return switch (kind) {
      case ENV -> credentials(environment, "the environment");
      case FILE -> credentials(readFile()::get, place);
      case SECRETS_MANAGER -> credentials(readSecret(secrets.text(place))::get, "the secret");
      case SAMPLE -> new Credentials("sample-client", "sample-secret", null);
    };
  }

  /**
   * Sees to it that a refresh token which Spotify gave in the place of ours outlives this process;
   * where that cannot be, says so. What is stored is never lost on the way.
   */
  void keep(String refreshToken) {
    switch (kind) {
      case FILE -> {
        try {
          new CredentialsFile(Path.of(place)).keep(refreshToken);
        } catch (IOException e) {
          SignInNews.warn(
              replaced("the one in " + place)
                  + ", and the file could not be rewritten ("
                  + why(e)
                  + "). Authorise again (README, Credentials) and put the new one there, in a"
                  + " folder that this program may write to.");
        }
      }
      case ENV ->
          SignInNews.warn(
              replaced("the one in the variable " + REFRESH_TOKEN)
                  + ". Authorise again (README, Credentials) and replace it before the next run;"
                  + " with --credentials=file:PATH this program keeps it up to date itself.");
      case SECRETS_MANAGER ->
          SignInNews.warn(
              replaced("the one in the secret " + place)
                  + ". Authorise again (README, Credentials) and replace it there before the next"
                  + " run; with --credentials=file:PATH this program keeps it up to date itself.");
      case SAMPLE -> {
        // Has none.
      }
    }
  }

  /** Without the name of the file aside, which is another one each time. */
  private static String why(IOException e) {
    return e instanceof FileSystemException onDisk && onDisk.getReason() != null
        ? onDisk.getReason()
        : e.getClass().getSimpleName();
  }

  private static String replaced(String where) {
    return "Spotify replaced the refresh token during this run: " + where + " no longer works";
  }

  private static Credentials credentials(Function<String, @Nullable String> values, String where)
      throws SignInException {
    String id = values.apply(CLIENT_ID);
    String secret = values.apply(CLIENT_SECRET);
    if (id == null || id.isBlank() || secret == null || secret.isBlank()) {
      boolean idMissing = id == null || id.isBlank();
      throw missing((idMissing ? CLIENT_ID : CLIENT_SECRET) + " is not set in " + where);
    }
    String refresh = values.apply(REFRESH_TOKEN);
    return new Credentials(
        id.strip(), secret.strip(), refresh == null || refresh.isBlank() ? null : refresh.strip());
  }

  private Map<String, String> readFile() throws SignInException {
    try {
      return new CredentialsFile(Path.of(place)).read();
    } catch (IOException e) {
      throw missing("the credentials file cannot be read: " + place);
    }
  }

  /** One JSON object with the three names, as AWS's own console makes it, or lines as in a file. */
  private static Map<String, String> readSecret(String text) throws SignInException {
    if (!text.strip().startsWith("{")) {
      return EnvLines.parse(text).values();
    }
    try {
      JsonNode json = MAPPER.readTree(text);
      Map<String, String> values = new HashMap<>();
      for (String name : List.of(CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN)) {
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
