package dev.playlistlake.pipeline.login;

import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.login.Login;
import dev.playlistlake.pipeline.Command;
import dev.playlistlake.pipeline.CommandFlags;
import dev.playlistlake.pipeline.CommandFlags.Flag;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.FlagValues;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The flags of {@code login}, none of them wrong.
 *
 * @param credentials where the token goes, and where the client id may be: the environment or a
 *     file
 * @param clientId in the place of the one found there
 * @param port of 127.0.0.1; 0 for any that is free
 * @param liked whether liked songs are to be read too
 * @param openBrowser whether to try that
 * @param timeout how long the user may take
 * @param apiUrl the Web API
 * @param accountsUrl the accounts service
 */
public record LoginFlags(
    CredentialsRef credentials,
    Optional<String> clientId,
    int port,
    boolean liked,
    boolean openBrowser,
    Duration timeout,
    URI apiUrl,
    URI accountsUrl) {
  public static final int SECONDS = 300;
  private static final int MOST_SECONDS = 86_400;
  public static final List<Flag> FLAGS =
      List.of(
          Flag.of("--credentials"),
          Flag.of("--clientId"),
          Flag.alone("--liked"),
          Flag.of("--port"),
          Flag.of("--timeout"),
          Flag.alone("--noBrowser"),
          Flag.of("--accountsUrl"),
          Flag.of("--apiUrl"),
          Flag.alone("--help"));

  /**
   * Reads them.
   *
   * @throws BadInputException with all that is wrong, by flag
   */
  public static LoginFlags parse(List<String> args) throws BadInputException {
    CommandFlags flags = CommandFlags.parse(Command.LOGIN, FLAGS, args);
    List<String> problems = flags.problems();
    @Nullable CredentialsRef credentials =
        credentials(flags.value("--credentials").orElse("env"), problems);
    flags
        .value("--clientId")
        .filter(id -> !Login.isClientId(id))
        // Not repeated: it may be the secret that stands beside it.
        .ifPresent(id -> problems.add("--clientId: is no client id; it is letters and digits"));
    int port =
        flags
            .value("--port")
            .flatMap(given -> FlagValues.number("--port", given, 1, FlagValues.MOST_PORT, problems))
            .orElse(0);
    int seconds =
        flags
            .value("--timeout")
            .flatMap(given -> FlagValues.number("--timeout", given, 1, MOST_SECONDS, problems))
            .orElse(SECONDS);
    @Nullable URI apiUrl = url(flags, "--apiUrl", "https://api.spotify.com");
    @Nullable URI accountsUrl = url(flags, "--accountsUrl", "https://accounts.spotify.com");
    flags.check();
    return new LoginFlags(
        Objects.requireNonNull(credentials),
        flags.value("--clientId"),
        port,
        flags.has("--liked"),
        !flags.has("--noBrowser"),
        Duration.ofSeconds(seconds),
        Objects.requireNonNull(apiUrl),
        Objects.requireNonNull(accountsUrl));
  }

  private static @Nullable URI url(CommandFlags flags, String name, String usual) {
    return FlagValues.url(name, flags.value(name).orElse(usual), flags.problems());
  }

  private static @Nullable CredentialsRef credentials(String given, List<String> problems) {
    try {
      CredentialsRef reference = CredentialsRef.parse(given);
      if (reference.kind() == CredentialsRef.Kind.SECRETS_MANAGER) {
        problems.add(
            "--credentials: login does not write to AWS; give --credentials=file:PATH, and put what"
                + " that file then holds into the secret (aws secretsmanager put-secret-value"
                + " --secret-id ARN --secret-string file://PATH)");
      }
      return reference;
    } catch (IllegalArgumentException e) {
      problems.add("--credentials: " + e.getMessage());
      return null;
    }
  }
}
