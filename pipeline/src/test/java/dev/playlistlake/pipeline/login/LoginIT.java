package dev.playlistlake.pipeline.login;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.JarRun;
import dev.playlistlake.pipeline.JobRun;
import dev.playlistlake.pipeline.LongProof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar's login as a process among others, on a real disk; a plain client is the browser. */
@LongProof
class LoginIT {
  private final Visitor visitor = new Visitor();
  private final Path folder;
  private final Path file;

  LoginIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.file = Files.createDirectory(folder.resolve("place")).resolve("spotify.env");
  }

  /** Two sign-ins a run, each of which may end the token of the one before. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void runsGoOnWithTheTokenWithoutASecret(boolean rotating) throws Exception {
    try (SpotifyStandIn spotify = start(rotating)) {
      JarRun login = agree(spotify, "umask 000");
      assertThat(String.join("\n", login.err()), login.exitCode(), is(0));
      String token = token();
      for (int run = 1; run <= 2; run++) {
        JarRun main = run(spotify);
        assertThat(String.join("\n", main.err()), main.exitCode(), is(0));
        assertThat(main.row().get("playlist_item_rows").asInt(), is(greaterThan(0)));
        assertThat(String.join("\n", main.err()), not(containsString("token")));
        assertThat(token(), startsWith(token));
        assertThat(token().equals(token), is(!rotating));
        assertThat(
            Files.readAllLines(file).stream().map(line -> line.replaceAll("=.*", "")).toList(),
            contains("SPOTIFY_CLIENT_ID", "SPOTIFY_REFRESH_TOKEN", "SPOTIFY_AUTHORIZED_ON"));
        assertThat(permissions(file), is("rw-------"));
      }
      assertThat(
          spotify.requests().stream()
              .filter(LoggedRequest::isToken)
              .map(LoggedRequest::status)
              .toList(),
          everyItem(is(200)));
    }
  }

  /** With the widest umask; whoever looks at the folder all the time sees no wider file. */
  @Test
  void nobodyElseMayReadTheFileAtAnyMoment() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    AtomicBoolean over = new AtomicBoolean();
    Thread watch = new Thread(() -> watch(seen, over), "watch");
    watch.start();
    try (SpotifyStandIn spotify = start(false)) {
      JarRun login = agree(spotify, "umask 000");
      assertThat(login.exitCode(), is(0));
    } finally {
      over.set(true);
      watch.join();
    }
    assertThat(seen, contains("rw-------"));
  }

  private void watch(Set<String> seen, AtomicBoolean over) {
    while (!over.get()) {
      try (Stream<Path> files = Files.list(file.getParent())) {
        for (Path path : files.toList()) {
          seen.add(permissions(path));
        }
      } catch (IOException e) {
        // Renamed between two looks.
      }
    }
  }

  /** A file may not grow beyond some kilobytes, and the new one would: a disk that is full. */
  @Test
  void whereTheDiskIsFullTheOldFileStays() throws Exception {
    String old =
        "# filler\n".repeat(8_000)
            + "SPOTIFY_CLIENT_ID=sample-client\nSPOTIFY_REFRESH_TOKEN=held-token\n";
    JobRun.secret(file, old);
    try (SpotifyStandIn spotify = start(false)) {
      JarRun login = agree(spotify, "ulimit -f 16");
      String err = String.join("\n", login.err());
      assertThat(err, login.exitCode(), is(7));
      assertThat(err, containsString("could not be written to " + file + " (File too large)"));
      assertThat(Files.readString(file), is(old));
      try (Stream<Path> files = Files.list(file.getParent())) {
        assertThat(files.toList(), contains(file));
      }
    }
  }

  @Test
  void nothingSecretIsInTheProcessListOrWhatIsPrinted() throws Exception {
    AtomicReference<String> whileTurnedIn = new AtomicReference<>("");
    try (SpotifyStandIn spotify = start(false)) {
      spotify.script("/api/token", Scripted.normal().then(() -> whileTurnedIn.set(processList())));
      Path opened = folder.resolve("opened");
      Path bin = Files.createDirectory(folder.resolve("bin"));
      Path xdgOpen = bin.resolve("xdg-open");
      // Stays, as a browser does.
      Files.writeString(
          xdgOpen,
          """
          #!/bin/sh
          printf '%%s\\n' $$ "$1" >%s.new
          mv %s.new %s
          exec sleep 30
          """
              .formatted(opened, opened, opened));
      Files.setPosixFilePermissions(xdgOpen, PosixFilePermissions.fromString("rwx------"));
      Map<String, String> screen =
          Map.of("DISPLAY", ":99", "PATH", bin + ":" + System.getenv("PATH"));
      try (LoginProcess login =
          LoginProcess.start(
              "true",
              folder,
              screen,
              spotify,
              "--clientId=" + LoginProcess.CLIENT_ID,
              "--credentials=file:" + file)) {
        URI address = login.address();
        for (int waited = 0; waited < 60_000 && !Files.exists(opened); waited += 20) {
          TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat("a browser was started", Files.exists(opened), is(true));
        assertThat(Files.readAllLines(opened).get(1), is(address.toString()));
        URI callback = visitor.answer(address, "agree");
        visitor.get(callback);
        JarRun end = login.end();
        assertThat(end.exitCode(), is(0));
        assertThat(end.err(), hasItem(startsWith("A browser should open; if not, open")));
        String seen = whileTurnedIn.get();
        assertThat("the login is in the list", seen, containsString("--credentials=file:" + file));
        String code = callback.getQuery().replaceAll(".*code=([^&]*).*", "$1");
        String all = seen + processList() + String.join("\n", end.err()) + end.out();
        for (String secret : List.of(token(), "stand-in-token-", "stand-in-refresh-", code)) {
          assertThat(all, not(containsString(secret)));
        }
      } finally {
        if (Files.exists(opened)) {
          long browser = Long.parseLong(Files.readAllLines(opened).get(0));
          ProcessHandle.of(browser).ifPresent(ProcessHandle::destroy);
        }
      }
    }
  }

  private static String processList() {
    try {
      return LoginProcess.processList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JarRun agree(SpotifyStandIn spotify, String before) throws Exception {
    try (LoginProcess login =
        LoginProcess.start(
            before,
            folder,
            Map.of(),
            spotify,
            "--clientId=" + LoginProcess.CLIENT_ID,
            "--credentials=file:" + file)) {
      visitor.press(login.address(), "agree");
      return login.end();
    }
  }

  private JarRun run(SpotifyStandIn spotify) throws Exception {
    return JarRun.in(
        folder,
        Map.of(),
        "--playlists=" + SampleCatalog.SUNSET,
        "--lake=" + folder.resolve("lake"),
        "--maxAge=0",
        "--credentials=file:" + file,
        "--apiUrl=" + spotify.url(),
        "--accountsUrl=" + spotify.url());
  }

  private String token() throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith("SPOTIFY_REFRESH_TOKEN="))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .collect(Collectors.joining());
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static SpotifyStandIn start(boolean rotating) {
    return SpotifyStandIn.start(
        SampleCatalog.create(), StandInOptions.defaults().withRotateRefreshTokens(rotating));
  }
}
