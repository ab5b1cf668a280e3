package dev.playlistlake.pipeline.login;

import dev.playlistlake.io.spotify.auth.CredentialsFile;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.auth.LoginGrant;
import dev.playlistlake.io.spotify.login.Login;
import dev.playlistlake.io.spotify.login.LoginException;
import dev.playlistlake.io.spotify.login.LoginSettings;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Signs a user in through a browser and stores the refresh token where runs find it. */
final class SignIn {
  private static final String CLIENT_ID = "SPOTIFY_CLIENT_ID";

  private final LoginCommand flags;
  private final LoginCommand.World world;
  private final PrintStream out;
  private final PrintStream err;

  SignIn(LoginCommand flags, LoginCommand.World world, PrintStream out, PrintStream err) {
    this.flags = flags;
    this.world = world;
    this.out = out;
    this.err = err;
  }

  /**
   * Signs a user in.
   *
   * @throws BadInputException if the client id, the port or the token file is not available
   */
  ExitCode signIn() throws BadInputException {
    // First, since an unreadable file has no client id either.
    requireWritable();
    LoginSettings settings =
        new LoginSettings(
            flags.apiUrl,
            flags.accountsUrl,
            clientId(),
            flags.port,
            flags.liked,
            Duration.ofSeconds(flags.timeout),
            world.forLatecomers(),
            world.clock());
    try (Login login = begin(settings)) {
      ask(login);
      return await(login);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("nobody interrupts this thread", e);
    } catch (IOException e) {
      throw new IllegalStateException("nothing is written to what is closed", e);
    }
  }

  private Login begin(LoginSettings settings) throws BadInputException, IOException {
    try {
      return Login.begin(settings, err::println);
    } catch (BindException e) {
      throw BadInputException.of(
          "--port: "
              + (flags.port == 0 ? "none is free on" : flags.port + " cannot be had on")
              + " 127.0.0.1 ("
              + e.getMessage()
              + "); give another --port, or none for any that is free");
    }
  }

  private void ask(Login login) {
    int port = login.redirectUri().getPort();
    boolean opened = !flags.noBrowser && new Browser(world.environment()).open(login.address());
    err.println(
        opened
            ? "A browser should open; if not, open this address in one, and agree:"
            : "Open this address in a browser, and agree:");
    err.println("  " + login.address());
    err.println(
        "The answer comes to "
            + login.redirectUri()
            + ", for which this waits "
            + flags.timeout
            + " seconds; Ctrl-C gives up.");
    err.println(
        "If the browser is on another machine, run there first: ssh -L "
            + port
            + ":127.0.0.1:"
            + port
            + " THIS_MACHINE");
  }

  private ExitCode await(Login login) throws InterruptedException {
    ExitCode code = answer(login);
    err.flush();
    out.flush();
    login.tellLatecomers();
    return code;
  }

  private ExitCode answer(Login login) throws InterruptedException {
    try {
      String who = login.await(this::keep);
      err.println(who);
      err.println(stored());
      return ExitCode.PUBLISHED;
    } catch (LoginException e) {
      err.println(e.words());
      return ExitCode.NOT_AUTHORISED;
    } catch (IOException e) {
      err.println(notKept(e) + " Mend that, and run login again.");
      return ExitCode.LAKE_UNUSABLE;
    }
  }

  private String notKept(IOException e) {
    return flags.credentials.kind() == CredentialsRef.Kind.FILE
        ? "The user agreed, but the token could not be written to "
            + flags.credentials.place()
            + " ("
            + CredentialsFile.why(e)
            + "), which is as it was before."
        : "The user agreed, but the token could not be printed: stdout cannot be written. Nothing is"
            + " stored.";
  }

  private void keep(LoginGrant grant) throws IOException {
    if (flags.credentials.kind() == CredentialsRef.Kind.FILE) {
      file().store(grant);
      return;
    }
    grant.exports().forEach(out::println);
    // A PrintStream never throws, and a lost token must not be reported as stored.
    if (out.checkError()) {
      throw new IOException("stdout cannot be written");
    }
  }

  private String stored() {
    return flags.credentials.kind() == CredentialsRef.Kind.FILE
        ? "The token is in "
            + flags.credentials.place()
            + ", for its owner alone. Runs take it with --credentials="
            + flags.credentials.written()
            + "; it ends six months from today, and they warn before."
        : "The token is on stdout and nowhere else. Let the shell that starts runs take it, by eval"
            + " \"$(java -jar playlist-lake.jar login ...)\": an export that is pasted stands in the"
            + " shell's history. It ends six months from today, and runs warn before.";
  }

  /** The first found in: the flag, the token's file, the environment. */
  private String clientId() throws BadInputException {
    Optional<String> ofFlag = flags.clientId;
    if (ofFlag.isPresent()) {
      return ofFlag.get();
    }
    Optional<String> ofFile = clientIdOfFile();
    if (ofFile.isPresent()) {
      return requireClientId(ofFile.get(), flags.credentials.where());
    }
    String ofEnvironment =
        CredentialsRef.unquoted(world.environment().getOrDefault(CLIENT_ID, "")).strip();
    if (ofEnvironment.isEmpty()) {
      throw BadInputException.of(
          "--clientId: is missing; it stands on the app's page, which you make at"
              + " https://developer.spotify.com/dashboard (README, Credentials)");
    }
    return requireClientId(ofEnvironment, "the environment");
  }

  /** Does not repeat the text: it may be the secret next to it. */
  private static String requireClientId(String text, String where) throws BadInputException {
    if (!Login.isClientId(text)) {
      throw BadInputException.of(CLIENT_ID + ": what " + where + " holds is no client id");
    }
    return text;
  }

  private Optional<String> clientIdOfFile() throws BadInputException {
    if (flags.credentials.kind() != CredentialsRef.Kind.FILE) {
      return Optional.empty();
    }
    try {
      return file().clientId();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Checked before the user consents: a token that cannot be stored is useless. */
  private void requireWritable() throws BadInputException {
    if (flags.credentials.kind() != CredentialsRef.Kind.FILE) {
      return;
    }
    Path folder = Path.of(flags.credentials.place()).toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw BadInputException.of(
          "--credentials: there is no folder '" + folder + "'; make it first");
    }
    try {
      file().requireWritable();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private BadInputException unusable(IOException e) {
    return BadInputException.of(
        "--credentials: '"
            + flags.credentials.place()
            + "' cannot be read and written ("
            + CredentialsFile.why(e)
            + ")");
  }

  private CredentialsFile file() {
    return new CredentialsFile(Path.of(flags.credentials.place()));
  }
}
