package dev.playlistlake.pipeline.login;

import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.login.Login;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.Command;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.Problems;
import dev.playlistlake.pipeline.cli.ProxyCheck;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/**
 * The command {@code login}: signs a user in and stores the refresh token where runs find it
 * (decision 21). Only text for a shell to evaluate goes to stdout, all else to stderr.
 */
@CommandLine.Command(name = "login")
public final class LoginCommand implements Command {
  /** Some browsers send the request twice, and some users press reload. */
  private static final Duration FOR_LATECOMERS = Duration.ofSeconds(2);

  @Option(
      names = "--credentials",
      paramLabel = "file:spotify.env",
      converter = FlagValues.Credentials.class)
  CredentialsRef credentials = CredentialsRef.parse("env");

  @Option(names = "--clientId", paramLabel = "ID", converter = ClientId.class)
  Optional<String> clientId = Optional.empty();

  @Option(names = "--liked")
  boolean liked = false;

  /** On 127.0.0.1; 0 for any free port. */
  @Option(names = "--port", paramLabel = "8888", converter = FlagValues.Port.class)
  int port = 0;

  /** In seconds. */
  @Option(names = "--timeout", paramLabel = "300", converter = Timeout.class)
  int timeout = 300;

  @Option(names = "--noBrowser")
  boolean noBrowser = false;

  @Option(
      names = "--apiUrl",
      paramLabel = "https://api.spotify.com",
      converter = FlagValues.Service.class)
  URI apiUrl = URI.create("https://api.spotify.com");

  @Option(
      names = "--accountsUrl",
      paramLabel = "https://accounts.spotify.com",
      converter = FlagValues.Service.class)
  URI accountsUrl = URI.create("https://accounts.spotify.com");

  private final World world;

  /** What the command takes from its environment; tests replace it. */
  record World(Clock clock, Map<String, String> environment, Duration forLatecomers) {
    World {
      environment = Map.copyOf(environment);
    }
  }

  /** In the real environment. */
  public LoginCommand() {
    this(new World(Clock.systemUTC(), System.getenv(), FOR_LATECOMERS));
  }

  LoginCommand(World world) {
    this.world = world;
  }

  @Override
  public ExitCode run(Call call) throws BadInputException {
    Problems problems = call.arguments().problems();
    if (credentials.kind() == CredentialsRef.Kind.SECRETS_MANAGER) {
      problems.add(
          "--credentials: login does not write to AWS; give --credentials=file:PATH, and put what"
              + " that file then holds into the secret (aws secretsmanager put-secret-value"
              + " --secret-id ARN --secret-string file://PATH)");
    }
    problems.addAll(ProxyCheck.problems(apiUrl, accountsUrl));
    problems.check();
    return new SignIn(this, world, call.out(), call.err()).signIn();
  }

  /** Never repeats the value: it may be the secret next to it on the app's page. */
  static final class ClientId implements ITypeConverter<String> {
    @Override
    public String convert(String given) {
      if (!Login.isClientId(given)) {
        throw FlagValues.wrong("not a client id, which is letters and digits");
      }
      return given;
    }
  }

  static final class Timeout implements ITypeConverter<Integer> {
    private static final int MOST_SECONDS = 86_400;

    @Override
    public Integer convert(String given) {
      return FlagValues.number(given, 1, MOST_SECONDS);
    }
  }
}
