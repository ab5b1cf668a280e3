package dev.playlistlake.pipeline.login;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.JobRun;
import dev.playlistlake.pipeline.cli.Arguments;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Call;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.schema.LakeTable;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command against the stand-in, within this process; {@link Visitor} plays the browser. */
class LoginCommandTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T06:00:00Z"), ZoneOffset.UTC);
  private static final Pattern ADDRESS = Pattern.compile("(?m)^  (http://\\S+/authorize\\S+)$");
  private static final String HELD =
      "# mine\nSPOTIFY_CLIENT_ID='sample-client'\nSPOTIFY_REFRESH_TOKEN=held-token\n"
          + "SPOTIFY_CLIENT_SECRET=a-secret\n";

  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults());
  private final Visitor visitor = new Visitor();
  private final Path folder;
  private final Path file;

  LoginCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("spotify.env");
  }

  @AfterEach
  void stop() {
    spotify.close();
  }

  @Test
  void aNewFileHoldsWhatRunsNeed() throws Exception {
    Started login = start(Map.of(), "--clientId=sample-client", "--credentials=file:" + file);
    String page = visitor.press(login.address(), "agree");
    Ended end = login.end();

    assertThat(end.err(), end.code(), is(ExitCode.PUBLISHED));
    assertThat(page, containsString("Signed in as Sample User (sample-user)."));
    assertThat(end.out(), is(""));
    assertThat(end.err(), containsString("\nSigned in as Sample User (sample-user).\n"));
    assertThat(end.err(), containsString("--credentials=file:" + file));
    List<String> lines = Files.readAllLines(file);
    assertThat(
        lines,
        contains(
            is("SPOTIFY_CLIENT_ID=sample-client"),
            startsWith("SPOTIFY_REFRESH_TOKEN=stand-in-refresh-"),
            is("SPOTIFY_AUTHORIZED_ON=2026-11-20")));
    assertThat(permissions(), is("rw-------"));
    assertThat(end.err() + page, not(containsString(token(lines))));
    assertThat(end.err(), not(containsString("stand-in-token")));
  }

  @Test
  void anOldFileKeepsItsOtherLinesAndGivesTheClientId() throws Exception {
    JobRun.secret(file, HELD);
    Started login = start(Map.of("SPOTIFY_CLIENT_ID", "another"), "--credentials=file:" + file);
    visitor.press(login.address(), "agree");
    Ended end = login.end();
    assertThat(end.err(), end.code(), is(ExitCode.PUBLISHED));
    String token = token(Files.readAllLines(file));
    assertThat(token, startsWith("stand-in-refresh-"));
    assertThat(
        Files.readString(file),
        is(HELD.replace("held-token", token) + "SPOTIFY_AUTHORIZED_ON=2026-11-20\n"));
    assertThat(end.err(), not(containsString("held-token")));
    assertThat(end.err(), not(containsString("a-secret")));
  }

  /** What a shell can take by eval; all else is on stderr. */
  @Test
  void theEnvironmentIsToldOnStdout() throws Exception {
    Started login = start(Map.of("SPOTIFY_CLIENT_ID", " sample-client "));
    visitor.press(login.address(), "agree");
    Ended end = login.end();
    assertThat(end.err(), end.code(), is(ExitCode.PUBLISHED));
    Process shell =
        new ProcessBuilder(
                "sh", "-c", end.out() + "echo $SPOTIFY_CLIENT_ID $SPOTIFY_AUTHORIZED_ON; env")
            .redirectErrorStream(true)
            .start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said, startsWith("sample-client 2026-11-20\n"));
    assertThat(end.out().lines().toList(), hasSize(3));
    Matcher token = Pattern.compile("SPOTIFY_REFRESH_TOKEN=(stand-in-refresh-\\S+)").matcher(said);
    assertThat(said, token.find(), is(true));
    assertThat(end.err(), not(containsString(token.group(1))));
    assertThat(
        end.err(),
        containsString(
            "by eval \"$(java -jar playlist-lake.jar login ...)\": an export that is pasted stands in"
                + " the shell's history."));
  }

  /** Whatever fails: the file is as it was, to the byte. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cancel | 200 | did not agree (access_denied)",
        "agree  | 400 | answered invalid_grant",
        "agree  | 503 | did not get a token",
      })
  void aFailureChangesNothing(String button, int status, String said) throws Exception {
    JobRun.secret(file, HELD);
    if (status != 200) {
      spotify.scriptAlways("/api/token", Scripted.status(status, "{\"error\":\"invalid_grant\"}"));
    }
    Started login = start(Map.of(), "--credentials=file:" + file);
    String page = visitor.press(login.address(), button);
    Ended end = login.end();
    assertThat(end.err(), end.code(), is(ExitCode.NOT_AUTHORISED));
    assertThat(end.err(), containsString(said));
    assertThat(page, containsString(said));
    assertThat(end.out(), is(""));
    assertThat(Files.readString(file), is(HELD));
    assertThat(names(), contains("spotify.env"));
  }

  @Test
  void nobodyComes() throws Exception {
    JobRun.secret(file, HELD);
    Ended end = start(Map.of(), "--credentials=file:" + file, "--timeout=1").end();
    assertThat(end.err(), end.code(), is(ExitCode.NOT_AUTHORISED));
    assertThat(end.err(), containsString("No answer came within 1 seconds. Nothing is stored."));
    assertThat(Files.readString(file), is(HELD));
  }

  /** The place is lost while the user agrees. */
  @Test
  void whatCannotBeWrittenIsSaidInTheBrowserToo() throws Exception {
    spotify.script("/api/token", Scripted.normal().then(() -> makeFolderOf(file)));
    Started login = start(Map.of(), "--clientId=sample-client", "--credentials=file:" + file);
    String page = visitor.press(login.address(), "agree");
    Ended end = login.end();
    assertThat(end.err(), end.code(), is(ExitCode.LAKE_UNUSABLE));
    assertThat(end.err(), containsString("the token could not be written to " + file));
    assertThat(page, containsString("could not store the token"));
    assertThat(names(), contains("spotify.env"));
    assertThat(end.err(), not(containsString("\tat ")));
  }

  /** The one place that an export goes to is full: said before anybody hears of a success. */
  @Test
  void whatCannotBePrintedIsSaidInTheBrowserToo() throws Exception {
    try (PrintStream full =
        new PrintStream(new FileOutputStream("/dev/full"), true, StandardCharsets.UTF_8)) {
      Started login =
          start(
              new LoginCommand.World(CLOCK, Map.of(), Duration.ZERO),
              new ByteArrayOutputStream(),
              full,
              "--clientId=sample-client");
      String page = visitor.press(login.address(), "agree");
      Ended end = login.end();
      assertThat(end.err(), end.code(), is(ExitCode.LAKE_UNUSABLE));
      assertThat(
          end.err(),
          containsString(
              "\nThe user agreed, but the token could not be printed: stdout cannot be written."
                  + " Nothing is stored. Mend that, and run login again.\n"));
      assertThat(page, containsString("could not store the token"));
      assertThat(page + end.err(), not(containsString("Signed in")));
      assertThat(end.err(), not(containsString("stand-in-refresh-")));
    }
  }

  private static void makeFolderOf(Path path) {
    try {
      Files.createDirectories(path.resolve("not-empty"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aUserWhoIsNotOnTheListIsSaid() throws Exception {
    spotify.scriptAlways("/v1/me", Scripted.status(403, "{\"error\":{\"status\":403}}"));
    Started login = start(Map.of(), "--clientId=sample-client", "--credentials=file:" + file);
    visitor.press(login.address(), "agree");
    Ended end = login.end();
    assertThat(end.err(), end.code(), is(ExitCode.PUBLISHED));
    assertThat(
        end.err(),
        allOf(containsString("must be on the app's list"), containsString("needs Premium")));
    assertThat(Files.readString(file), containsString("SPOTIFY_REFRESH_TOKEN=stand-in-refresh-"));
  }

  @Test
  void theSameCallAgainIsAnsweredForAWhile() throws Exception {
    Started login = startFor(Duration.ofSeconds(20), "--clientId=sample-client");
    URI callback = visitor.answer(login.address(), "agree");
    assertThat(visitor.get(callback).body(), containsString("<h1>Signed in</h1>"));
    assertThat(visitor.get(callback).body(), containsString("<h1>Answered already</h1>"));
    assertThat(
        spotify.requests().stream().filter(request -> request.isToken()).toList(), hasSize(1));
    login.thread().interrupt();
  }

  @Test
  void aForeignStateIsToldAndTheWaitingGoesOn() throws Exception {
    Started login = start(Map.of(), "--clientId=sample-client", "--credentials=file:" + file);
    URI callback = visitor.answer(login.address(), "agree");
    String foreign = callback.toString().replaceAll("state=.*", "state=foreign");
    assertThat(visitor.get(URI.create(foreign)).body(), containsString("foreign state"));
    assertThat(visitor.get(callback).body(), containsString("<h1>Signed in</h1>"));
    Ended end = login.end();
    assertThat(end.code(), is(ExitCode.PUBLISHED));
    assertThat(end.err(), containsString("Refused an answer with a foreign state"));
  }

  @Test
  void aPortThatIsTaken() throws Exception {
    try (ServerSocket taken =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      JobRun run = JobRun.of("login", "--clientId=x", "--port=" + taken.getLocalPort());
      assertThat(run.exitCode(), is(2));
      assertThat(
          run.errLines(),
          contains(
              startsWith("--port: " + taken.getLocalPort() + " cannot be had on 127.0.0.1 (")));
    }
  }

  @Test
  void aPortOfOnesOwn() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Started login = start(Map.of(), "--clientId=sample-client", "--port=" + port);
    URI callback = visitor.answer(login.address(), "cancel");
    assertThat(callback.getPort(), is(port));
    visitor.get(callback);
    assertThat(login.end().err(), containsString("ssh -L " + port + ":127.0.0.1:" + port + " "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port=0             | --port | 0 is below 1",
        "--port=65536         | --port | 65536 is above 65535",
        "--port=x             | --port | not a whole number",
        "--timeout=0          | --timeout | 0 is below 1",
        "--timeout=1e3        | --timeout | not a whole number",
        "--liked=true         | --liked | takes no value",
        "--nobrowser          | --nobrowser | Did you mean --noBrowser?",
        "--clientSecret=s3c   | --clientSecret | not a flag of login",
        "--clientId=s3c$ret   | --clientId | not a client id",
        "--clientId=          | --clientId | needs a value",
        "--credentials=s3cret | --credentials | reference",
        "--credentials=file:/none/such/x.env | --credentials | '/none/such'",
        "--credentials=file:/ | --credentials | '/' cannot be read",
        "--credentials=file:/tmp | --credentials | '/tmp' cannot be read",
        "--credentials=secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf | --credentials | does not write to AWS",
        "--accountsUrl=x      | --accountsUrl | 'x' must be scheme",
        "--apiUrl=https://x/y | --apiUrl | 'https://x/y' must be scheme",
        "--playlists=x        | --playlists | is a flag of run, not of login",
      })
  void whatIsWrongIsOneLineAndNobodyIsAsked(String arg, String flag, String key) {
    String id = arg.startsWith("--clientId") ? "--noBrowser" : "--clientId=x";
    JobRun run = JobRun.of("login", arg, id);
    assertThat(run.err(), run.exitCode(), is(2));
    assertThat(run.errLines(), contains(allOf(startsWith(flag), containsString(key))));
    assertThat(run.err(), not(containsString("s3c")));
    assertThat(run.out(), is(""));
  }

  /** Said of the place where it was found; in the file the one of the environment is not seen. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "none             | ''  | --clientId: is missing; it stands on",
        "none             | ' ' | --clientId: is missing; it stands on",
        "none             | s c | SPOTIFY_CLIENT_ID: what the environment holds is no client id",
        "A=b              | ''  | --clientId: is missing; it stands on",
        "A=b              | s c | SPOTIFY_CLIENT_ID: what the environment holds is no client id",
        "SPOTIFY_CLIENT_ID=s c | fine | SPOTIFY_CLIENT_ID: what file:%s holds is no client id",
      })
  void withoutAClientIdNobodyIsAsked(String text, String ofEnvironment, String problem)
      throws Exception {
    Map<String, String> environment = Map.of("SPOTIFY_CLIENT_ID", ofEnvironment);
    Ended end;
    if (text.equals("none")) {
      end = start(environment).end();
    } else {
      JobRun.secret(file, text);
      end = start(environment, "--credentials=file:" + file).end();
    }
    assertThat(end.code(), is(ExitCode.BAD_INPUT));
    assertThat(end.err(), startsWith(problem.formatted(file)));
    assertThat(end.err(), not(containsString("s c")));
  }

  /** It may well hold a client id: what it is that is wrong with it comes first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/none/such/x.env | there is no folder '/none/such'; make it first",
        "/                | '/' cannot be read and written (",
        "/tmp             | '/tmp' cannot be read and written (",
        "odd              | cannot be read and written (it is no text in UTF-8)",
      })
  void aFileThatCannotBeReadIsNotAMissingClientId(String place, String problem) throws Exception {
    Files.write(folder.resolve("odd"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    Ended end = start(Map.of(), "--credentials=file:" + folder.resolve(place)).end();
    assertThat(end.code(), is(ExitCode.BAD_INPUT));
    assertThat(end.err().lines().toList(), contains(startsWith("--credentials: ")));
    assertThat(end.err(), containsString(problem));
  }

  /** One consent for both, and a run that has it all. */
  @Test
  void aLoginWithLikedIsEnoughForTheWholeLibrary() throws Exception {
    URI address = login("--liked");
    assertThat(
        URLDecoder.decode(address.getRawQuery(), StandardCharsets.UTF_8),
        containsString(
            "scope=playlist-read-private playlist-read-collaborative user-library-read&"));
    JobRun run = runOfLibrary("me,liked");
    // The sample's user has nothing in the library.
    assertThat(run.err(), run.exitCode(), is(3));
    assertThat(run.row().get("playlists_rejected").asInt(), is(0));
    assertThat(run.column(LakeTable.PLAYLIST, "playlist_id"), hasItem("liked:sample-user"));
  }

  @Test
  void aLoginWithoutLikedSaysWhatLikedSongsNeed() throws Exception {
    login();
    JobRun run = runOfLibrary("liked");
    assertThat(run.err(), run.exitCode(), is(3));
    assertThat(run.column(LakeTable.REJECTED, "reason"), contains("FORBIDDEN"));
    assertThat(
        run.column(LakeTable.REJECTED, "message"), contains(containsString("login --liked")));
    assertThat(
        spotify.requests().stream()
            .filter(request -> request.path().equals("/v1/me/tracks"))
            .map(LoggedRequest::status)
            .toList(),
        contains(403, 403));
  }

  /** What the user was asked. */
  private URI login(String... more) throws Exception {
    List<String> flags = new ArrayList<>(List.of(more));
    flags.add("--clientId=sample-client");
    flags.add("--credentials=file:" + file);
    Started login = start(Map.of(), flags.toArray(new String[0]));
    URI address = login.address();
    visitor.press(address, "agree");
    Ended end = login.end();
    assertThat(end.err(), end.code(), is(ExitCode.PUBLISHED));
    return address;
  }

  private JobRun runOfLibrary(String playlists) {
    return JobRun.into(
        spotify, file, folder.resolve("lake").toString(), "--playlists=" + playlists);
  }

  private record Ended(ExitCode code, String out, String err) {}

  private record Started(
      CompletableFuture<ExitCode> code,
      ByteArrayOutputStream out,
      ByteArrayOutputStream err,
      Thread thread) {
    URI address() throws InterruptedException {
      for (int i = 0; i < 1_000 && !code.isDone(); i++) {
        Matcher address = ADDRESS.matcher(err.toString(StandardCharsets.UTF_8));
        if (address.find()) {
          return URI.create(address.group(1));
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      throw new AssertionError("no address: " + err.toString(StandardCharsets.UTF_8));
    }

    Ended end() throws Exception {
      return new Ended(
          code.get(30, TimeUnit.SECONDS),
          out.toString(StandardCharsets.UTF_8),
          err.toString(StandardCharsets.UTF_8));
    }
  }

  private Started start(Map<String, String> environment, String... flags) {
    return start(environment, Duration.ZERO, flags);
  }

  private Started startFor(Duration latecomers, String... flags) {
    return start(Map.of(), latecomers, flags);
  }

  private Started start(Map<String, String> environment, Duration latecomers, String... flags) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
    return start(new LoginCommand.World(CLOCK, environment, latecomers), out, toOut, flags);
  }

  private Started start(
      LoginCommand.World world, ByteArrayOutputStream out, PrintStream toOut, String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--apiUrl=" + spotify.url());
    args.add("--accountsUrl=" + spotify.url());
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    CompletableFuture<ExitCode> code = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
              try {
                LoginCommand command = new LoginCommand(world);
                Arguments arguments = Arguments.parse(command.spec(), args, List::of);
                code.complete(command.run(new Call(arguments, toOut, toErr, Surroundings.usual())));
              } catch (BadInputException e) {
                e.problems().forEach(toErr::println);
                code.complete(ExitCode.BAD_INPUT);
              } catch (RuntimeException e) {
                code.completeExceptionally(e);
              }
            },
            "login");
    thread.setDaemon(true);
    thread.start();
    return new Started(code, out, err, thread);
  }

  private String permissions() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> String.valueOf(path.getFileName())).toList();
    }
  }

  private static String token(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("SPOTIFY_REFRESH_TOKEN="))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .findFirst()
        .orElseThrow();
  }
}
