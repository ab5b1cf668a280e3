package dev.playlistlake.io.spotify.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.spotify.api.JsonFields;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a {@link CredentialsRef} points at, one record per kind of reference. */
sealed interface CredentialsSource {
  /**
   * The credentials.
   *
   * @throws SignInException if they are not there; names what is missing
   * @throws IOException if the source does not respond; a retry may help
   */
  Credentials resolve(Function<String, @Nullable String> environment, SecretStore secrets)
      throws SignInException, IOException;

  /** Stores a refresh token that replaces ours; warns if that is impossible. */
  void keep(String refreshToken);

  /** How to put a new refresh token there: the beginning of a sentence. */
  String howToAuthorise();

  /** Variables of the process. */
  record OfEnvironment() implements CredentialsSource {
    @Override
    public Credentials resolve(Function<String, @Nullable String> environment, SecretStore secrets)
        throws SignInException {
      return credentials(environment, "the environment");
    }

    @Override
    public void keep(String refreshToken) {
      warnThatItIsLost("the variable " + CredentialsRef.REFRESH_TOKEN, howToAuthorise());
    }

    @Override
    public String howToAuthorise() {
      return "Run eval \"$(java -jar playlist-lake.jar login)\" where runs are started"
          + " (with --liked if Liked Songs are read; an export that is pasted stands in the"
          + " shell's history)";
    }
  }

  /** A file of lines {@code NAME=value}. */
  record OfFile(String path) implements CredentialsSource {
    @Override
    public Credentials resolve(Function<String, @Nullable String> environment, SecretStore secrets)
        throws SignInException {
      Map<String, String> values;
      try {
        values = new CredentialsFile(Path.of(path)).read();
      } catch (IOException e) {
        throw missing("the credentials file cannot be read: " + path);
      }
      return credentials(values::get, path);
    }

    @Override
    public void keep(String refreshToken) {
      try {
        new CredentialsFile(Path.of(path)).keep(refreshToken);
      } catch (IOException e) {
        SignInNotices.warn(
            replaced("the one in " + path)
                + ", and the file could not be rewritten ("
                + CredentialsFile.why(e)
                + "). "
                + howToAuthorise()
                + ", in a folder that this program may write to.");
      }
    }

    @Override
    public String howToAuthorise() {
      return "Run login --credentials=file:"
          + path
          + " again (with --liked if Liked Songs are read)";
    }
  }

  /** A secret of AWS Secrets Manager. */
  record OfSecret(String arn) implements CredentialsSource {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Override
    public Credentials resolve(Function<String, @Nullable String> environment, SecretStore secrets)
        throws SignInException, IOException {
      return credentials(values(secrets.text(arn))::get, "the secret");
    }

    /** One JSON object with these names, as the AWS console creates it, or lines as in a file. */
    private static Map<String, String> values(String text) throws SignInException {
      if (!text.strip().startsWith("{")) {
        return DotEnv.parse(text).values();
      }
      try {
        JsonNode json = MAPPER.readTree(text);
        Map<String, String> values = new HashMap<>();
        for (String name :
            List.of(
                CredentialsRef.CLIENT_ID,
                CredentialsRef.CLIENT_SECRET,
                CredentialsRef.REFRESH_TOKEN,
                CredentialsRef.AUTHORIZED_ON)) {
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

    @Override
    public void keep(String refreshToken) {
      warnThatItIsLost("the secret " + arn, howToAuthorise());
    }

    @Override
    public String howToAuthorise() {
      return "Run login --credentials=file:PATH (with --liked if Liked Songs are read) and replace"
          + " the secret by what that file then holds";
    }
  }

  /** The embedded sample's own credentials, which have no refresh token. */
  record OfSample() implements CredentialsSource {
    @Override
    public Credentials resolve(
        Function<String, @Nullable String> environment, SecretStore secrets) {
      return new Credentials("sample-client", "sample-secret", null, null);
    }

    @Override
    public void keep(String refreshToken) {
      // Has none.
    }

    @Override
    public String howToAuthorise() {
      return "Run the sample again";
    }
  }

  private static void warnThatItIsLost(String where, String howToAuthorise) {
    SignInNotices.warn(
        replaced("the one in " + where)
            + ". "
            + howToAuthorise
            + " before the next run; with --credentials=file:PATH this program keeps it up to"
            + " date itself.");
  }

  private static String replaced(String where) {
    return "Spotify replaced the refresh token during this run: " + where + " no longer works";
  }

  private static Credentials credentials(Function<String, @Nullable String> values, String where)
      throws SignInException {
    String id = value(values, CredentialsRef.CLIENT_ID);
    String secret = value(values, CredentialsRef.CLIENT_SECRET);
    String refreshToken = value(values, CredentialsRef.REFRESH_TOKEN);
    if (id == null) {
      throw missing(CredentialsRef.CLIENT_ID + " is not set in " + where);
    } else if (secret == null && refreshToken == null) {
      // An app without a user needs it; a user's token from login does not.
      throw missing(CredentialsRef.CLIENT_SECRET + " is not set in " + where);
    }
    return new Credentials(id, secret, refreshToken, value(values, CredentialsRef.AUTHORIZED_ON));
  }

  private static @Nullable String value(Function<String, @Nullable String> values, String name) {
    String value = values.apply(name);
    String unquoted = value == null ? "" : DotEnv.unquoted(value);
    return unquoted.isBlank() ? null : unquoted.strip();
  }

  private static SignInException missing(String why) {
    return new SignInException(SignInException.MISSING_CREDENTIALS, why);
  }
}
