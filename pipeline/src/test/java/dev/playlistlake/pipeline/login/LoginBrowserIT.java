package dev.playlistlake.pipeline.login;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.JarRun;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The jar's login in a process, the stand-in's consent page, and a real browser between them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginBrowserIT {
  private final SpotifyStandIn spotify =
      SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults());
  private @Nullable Chromium chromium;

  @BeforeAll
  void startBrowser(@TempDir Path profile) throws Exception {
    chromium = Chromium.start(profile);
  }

  @AfterAll
  void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
    spotify.close();
  }

  @AfterEach
  void forget() {
    spotify.clearScripts();
    spotify.clearLog();
  }

  @Test
  void whoAgreesCanReadAPlaylist(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spotify.env");
    try (LoginProcess login = login(folder, file)) {
      browser().open(login.address());
      browser().read("playlist-read-private, playlist-read-collaborative?");
      browser().press("agree");
      assertThat(
          browser().read("You may close this window"),
          startsWith("Signed in\n\nSigned in as Sample User (sample-user)."));
      JarRun end = login.end();
      assertThat(String.join("\n", end.err()), end.exitCode(), is(0));
      assertThat(end.err(), hasItem("Signed in as Sample User (sample-user)."));
    }
    JarRun run =
        JarRun.in(
            folder,
            Map.of(),
            "--playlists=" + SampleCatalog.SUNSET,
            "--lake=" + folder.resolve("lake"),
            "--credentials=file:" + file,
            "--apiUrl=" + spotify.url(),
            "--accountsUrl=" + spotify.url());
    assertThat(String.join("\n", run.err()), run.exitCode(), is(0));
    assertThat(run.row().get("playlists_read").asInt(), is(1));
  }

  @Test
  void whoCancelsIsTold(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spotify.env");
    try (LoginProcess login = login(folder, file)) {
      browser().open(login.address());
      browser().press("cancel");
      assertThat(browser().read("Not signed in"), containsString("did not agree (access_denied)"));
      JarRun end = login.end();
      assertThat(end.exitCode(), is(5));
      assertThat(end.err(), hasItem(startsWith("The user did not agree (access_denied).")));
    }
    assertThat(Files.exists(file), is(false));
    assertThat(tokenRequests(), is(0));
  }

  @Test
  void aForeignStateIsRefusedAndTheRightOneTaken(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spotify.env");
    try (LoginProcess login = login(folder, file)) {
      URI address = login.address();
      String redirect = address.getQuery().replaceAll(".*redirect_uri=([^&]*).*", "$1");
      browser().open(URI.create(redirect + "?code=stolen&state=foreign"));
      assertThat(
          browser().read("Not the sign-in that waits here"),
          containsString("The program goes on waiting"));
      assertThat(tokenRequests(), is(0));
      assertThat(Files.exists(file), is(false));

      browser().open(address);
      browser().press("agree");
      browser().read("Signed in as Sample User");
      JarRun end = login.end();
      assertThat(end.exitCode(), is(0));
      assertThat(end.err(), hasItem(startsWith("Refused an answer with a foreign state")));
    }
    assertThat(Files.readString(file), containsString("stand-in-refresh-"));
  }

  /** Two tabs agree, the second one while the first one's code is being turned in. */
  @Test
  void theSecondCallbackIsToldAndTurnsNothingIn(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spotify.env");
    CountDownLatch beingTurnedIn = new CountDownLatch(1);
    CountDownLatch secondTold = new CountDownLatch(1);
    spotify.script(
        "/api/token",
        Scripted.normal()
            .then(
                () -> {
                  beingTurnedIn.countDown();
                  await(secondTold);
                }));
    try (LoginProcess login = login(folder, file)) {
      String first = browser().open(login.address());
      browser().press("agree");
      await(beingTurnedIn);
      browser().open(login.address());
      browser().press("agree");
      assertThat(
          browser().read("Answered already"), containsString("Nothing was done with this one"));
      secondTold.countDown();
      browser().goTo(first);
      browser().read("Signed in as Sample User");
      assertThat(login.end().exitCode(), is(0));
    }
    assertThat(tokenRequests(), is(1));
    assertThat(Files.readAllLines(file).size(), is(3));
  }

  @Test
  void aPortThatIsTakenEndsItBeforeAnybodyIsAsked(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spotify.env");
    try (ServerSocket taken =
            new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        LoginProcess login = login(folder, file, "--port=" + taken.getLocalPort())) {
      JarRun end = login.end();
      assertThat(end.exitCode(), is(2));
      assertThat(
          end.err(),
          contains(
              startsWith("--port: " + taken.getLocalPort() + " cannot be had on 127.0.0.1 (")));
    }
    assertThat(spotify.requests().isEmpty(), is(true));
  }

  /** The consent page stays open; what it leads to later is nobody's any more. */
  @Test
  void whoTakesTooLongIsTold(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("spotify.env");
    try (LoginProcess login = login(folder, file, "--timeout=4")) {
      browser().open(login.address());
      browser().read("May the app read");
      JarRun end = login.end();
      assertThat(end.exitCode(), is(5));
      assertThat(end.err(), hasItem(startsWith("No answer came within 4 seconds.")));
      browser().press("agree");
      browser().read("ERR_CONNECTION_REFUSED");
    }
    assertThat(Files.exists(file), is(false));
    assertThat(tokenRequests(), is(0));
  }

  private LoginProcess login(Path folder, Path file, String... more) throws Exception {
    String[] flags = new String[more.length + 2];
    flags[0] = "--clientId=" + LoginProcess.CLIENT_ID;
    flags[1] = "--credentials=file:" + file;
    System.arraycopy(more, 0, flags, 2, more.length);
    return LoginProcess.start(folder, spotify, flags);
  }

  private Chromium browser() {
    if (chromium == null) {
      throw new IllegalStateException("no browser was started");
    }
    return chromium;
  }

  private int tokenRequests() {
    return (int) spotify.requests().stream().filter(LoggedRequest::isToken).count();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(60, TimeUnit.SECONDS), is(true));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
