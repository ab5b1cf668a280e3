package dev.playlistlake.io.spotify;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the credentials are, never the credentials: this is what travels in options and in the
 * serialized graph. Resolved by whoever signs in, when it signs in.
 *
 * @param kind what the reference points at
 * @param place the file's path for {@link Kind#FILE}, else empty
 */
public record CredentialsRef(Kind kind, String place) implements Serializable {
  /** The kinds of references. */
  public enum Kind {
    ENV,
    FILE,
    /** The embedded sample's own, which open nothing but the sample. */
    SAMPLE
  }

  private static final String CLIENT_ID = "SPOTIFY_CLIENT_ID";
  private static final String CLIENT_SECRET = "SPOTIFY_CLIENT_SECRET";
  private static final String REFRESH_TOKEN = "SPOTIFY_REFRESH_TOKEN";

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
    if (written.startsWith("file:") && written.length() > "file:".length()) {
      return new CredentialsRef(Kind.FILE, written.substring("file:".length()));
    }
    if (written.startsWith("secretsmanager:")) {
      throw new IllegalArgumentException("secretsmanager: is not there yet; use env or file:PATH");
    }
    // The value may be a secret pasted by mistake: it is not repeated.
    throw new IllegalArgumentException(
        "takes a reference, env or file:PATH, never a secret itself");
  }

  /** The reference as the flag takes it. */
  public String written() {
    return switch (kind) {
      case ENV -> "env";
      case FILE -> "file:" + place;
      case SAMPLE -> "sample";
    };
  }

  /** The credentials themselves; says what is missing where they are not there. */
  Credentials resolve(Function<String, @Nullable String> environment) throws SignInException {
    return switch (kind) {
      case ENV -> credentials(environment, "the environment");
      case FILE -> {
        Map<String, String> lines = readFile();
        yield credentials(lines::get, place);
      }
      case SAMPLE -> new Credentials("sample-client", "sample-secret", null);
    };
  }

  private static Credentials credentials(Function<String, @Nullable String> values, String where)
      throws SignInException {
    String id = values.apply(CLIENT_ID);
    String secret = values.apply(CLIENT_SECRET);
    if (id == null || id.isBlank() || secret == null || secret.isBlank()) {
      boolean idMissing = id == null || id.isBlank();
      throw new SignInException(
          SignInException.MISSING_CREDENTIALS,
          (idMissing ? CLIENT_ID : CLIENT_SECRET) + " is not set in " + where);
    }
    String refresh = values.apply(REFRESH_TOKEN);
    return new Credentials(
        id.strip(), secret.strip(), refresh == null || refresh.isBlank() ? null : refresh.strip());
  }

  private Map<String, String> readFile() throws SignInException {
    Map<String, String> values = new HashMap<>();
    try {
      for (String written : Files.readAllLines(Path.of(place))) {
        // Some editors put a mark before the first line.
        String line = written.replace("\uFEFF", "");
        int equals = line.indexOf('=');
        if (equals > 0 && !line.strip().startsWith("#")) {
          String name = line.substring(0, equals).replaceFirst("^\\s*(export\\s+)?", "").strip();
          values.put(name, line.substring(equals + 1).strip().replaceAll("^[\"']|[\"']$", ""));
        }
      }
      return values;
    } catch (IOException e) {
      throw new SignInException(
          SignInException.MISSING_CREDENTIALS, "the credentials file cannot be read: " + place);
    }
  }
}
