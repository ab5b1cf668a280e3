package dev.playlistlake.io.spotify.auth;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
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

  static final String CLIENT_SECRET = "SPOTIFY_CLIENT_SECRET";

  private static final String FILE_PREFIX = "file:";
  private static final String SECRETS_MANAGER_PREFIX = "secretsmanager:";

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
    return source().howToAuthorise();
  }

  /** A value of the environment, without quotes around it. */
  public static String unquoted(String value) {
    return DotEnv.unquoted(value);
  }

  /**
   * What is missing in credentials that can be looked at without a network: the code of the refusal
   * that a sign-in would meet, announced as such. Empty if nothing is, or if only a sign-in shows.
   *
   * @param needsUser whether they must be a user's
   */
  public Optional<String> missing(boolean needsUser) {
    if (kind == Kind.SECRETS_MANAGER) {
      return Optional.empty();
    }
    try {
      Credentials known = resolve(System::getenv, CredentialsRef::noSecrets);
      if (!needsUser || known.refreshToken() != null) {
        return Optional.empty();
      }
      throw SignInException.missingUser();
    } catch (SignInException e) {
      SignInNotices.refuse(String.valueOf(e.getMessage()));
      return Optional.of(e.code());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static String noSecrets(String name) {
    throw new IllegalStateException("only a secret needs the network");
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
    return source().resolve(environment, secrets);
  }

  /**
   * Stores a refresh token that replaces ours so that it outlives this process; warns if that is
   * impossible. The stored token is never lost on the way.
   */
  void keep(String refreshToken) {
    source().keep(refreshToken);
  }

  private CredentialsSource source() {
    return switch (kind) {
      case ENV -> new CredentialsSource.OfEnvironment();
      case FILE -> new CredentialsSource.OfFile(place);
      case SECRETS_MANAGER -> new CredentialsSource.OfSecret(place);
      case SAMPLE -> new CredentialsSource.OfSample();
    };
  }
}
