package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where nothing of Spotify's can be had: exit code 7, the cause with its host, the run's row. */
class UnreachableTest {
  private static final String LIST = "--playlists=" + SampleCatalog.EMPTY;
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");
  private static final String PORTAL = "<!DOCTYPE html><html>Welcome to our hotel</html>";

  private final Path folder;

  UnreachableTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void nobodyListens() throws IOException {
    String url = "http://127.0.0.1:" + freePort();
    unreachable(run(url, url), "connection_refused", "127.0.0.1:");
  }

  @Test
  void noSuchHost() {
    String url = "https://accounts.nowhere.invalid";
    unreachable(run(url, url), "unknown_host", "accounts.nowhere.invalid");
  }

  /** The token comes; what the playlists are asked of does not exist. */
  @Test
  void noSuchHostOfTheWebApiAlone() {
    try (SpotifyStandIn spotify = start(Dialect.RESTRICTED)) {
      String url = "http://api.nowhere.invalid";
      unreachable(run(url, spotify.url().toString()), "unknown_host", "api.nowhere.invalid");
    }
  }

  @Test
  void aCertificateThatNobodyVouchesFor() throws Exception {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(selfSigned()));
    server.start();
    try {
      String url = "https://127.0.0.1:" + server.getAddress().getPort();
      unreachable(run(url, url), "certificate", "127.0.0.1:" + server.getAddress().getPort());
    } finally {
      server.stop(0);
    }
  }

  @Test
  void whatListensDoesNotSpeakTls() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread server = new Thread(() -> answerInPlainText(socket));
      server.setDaemon(true);
      server.start();
      String url = "https://127.0.0.1:" + socket.getLocalPort();
      unreachable(run(url, url), "tls", "127.0.0.1:");
    }
  }

  private static void answerInPlainText(ServerSocket socket) {
    try {
      while (true) {
        try (Socket connection = socket.accept()) {
          connection.getOutputStream().write(bytes("HTTP/1.1 400 Bad Request\r\n\r\n"));
        }
      }
    } catch (IOException e) {
      // The test is over.
      return;
    }
  }

  /** A network that wants a sign-in of its own, for both services or for one. */
  @ParameterizedTest
  @CsvSource({
    "302, '', redirect",
    "307, '', redirect",
    "511, sign in, redirect",
    "200, '<!DOCTYPE html><html>Welcome</html>', html",
    "403, '<html>Blocked by the firewall</html>', html",
    "407, '', proxy",
  })
  void aPortalInPlaceOfTheWebApi(int status, String body, String code) {
    try (SpotifyStandIn spotify = start(Dialect.RESTRICTED)) {
      spotify.scriptAlways("^/v1/", Scripted.bytes(status, bytes(body), "text/html"));
      JobRun run = JobRun.against(spotify, folder, LIST + "," + SampleCatalog.FOCUS);
      unreachable(run, code, "127.0.0.1:");
    }
  }

  @Test
  void aPortalInPlaceOfTheAccountsService() throws IOException {
    HttpServer portal = HttpServer.create(loopback(), 0);
    portal.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, PORTAL.length());
          exchange.getResponseBody().write(bytes(PORTAL));
          exchange.close();
        });
    portal.start();
    try {
      String url = "http://127.0.0.1:" + portal.getAddress().getPort();
      unreachable(run(url, url), "no_token", "127.0.0.1:");
    } finally {
      portal.stop(0);
    }
  }

  /** Fewer than three playlists, and many: what was reached decides, not how many failed. */
  @ParameterizedTest
  @ValueSource(ints = {1, 40})
  void everyConnectionIsLost(int playlists) {
    try (SpotifyStandIn spotify = start(Dialect.EXTENDED)) {
      spotify.scriptAlways("^/v1/", Scripted.reset());
      JobRun run = JobRun.against(spotify, folder, "--playlists=" + ids(playlists));
      unreachable(run, "connection_lost", "127.0.0.1:");
      assertThat(spotify.apiRequests(), lessThan(150));
    }
  }

  /** Two lost connections are a moment's trouble. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aMomentsTroubleIsNone(Dialect dialect) {
    try (SpotifyStandIn spotify = start(dialect)) {
      spotify.script("^/v1/", Scripted.reset(), Scripted.reset());
      JobRun run = JobRun.against(spotify, folder, LIST);
      assertThat(run.err(), run.exitCode(), is(0));
    }
  }

  /** It had responses, so it is a day with gaps, and says why once. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aNetworkThatGoesLaterIsAGapWithACause(Dialect dialect) {
    try (SpotifyStandIn spotify = start(dialect)) {
      String gone = "(" + SampleCatalog.FOCUS + "|" + SampleCatalog.KITCHEN + ")";
      String list =
          "--playlists="
              + String.join(",", SampleCatalog.EMPTY, SampleCatalog.FOCUS, SampleCatalog.KITCHEN);
      JobRun first = JobRun.on(DAY, spotify, folder, list);
      assertThat(first.err(), first.exitCode(), is(0));
      spotify.scriptAlways(gone, Scripted.reset());
      JobRun second = JobRun.on(DAY.plusDays(1), spotify, folder, list);
      assertThat(second.err(), second.exitCode(), is(3));
      assertThat(second.row().get("status").asText(), is("PUBLISHED"));
      assertThat(second.row().get("playlists_stale").asInt(), is(2));
      List<String> said =
          second.errLines().stream().filter(line -> line.contains("connection was lost")).toList();
      assertThat(second.err(), said, hasSize(1));
      assertThat(said.get(0), allOf(containsString("TIMEOUT"), containsString("127.0.0.1:")));
    }
  }

  /** The day before, and the day itself once it was published, are as they were. */
  @Test
  void nothingPublishedIsHarmedAndTheDayCanStillBeHad() {
    try (SpotifyStandIn spotify = start(Dialect.RESTRICTED)) {
      JobRun first = JobRun.on(DAY, spotify, folder, LIST);
      assertThat(first.err(), first.exitCode(), is(0));
      spotify.scriptAlways("^/v1/", Scripted.reset());
      JobRun second = JobRun.on(DAY.plusDays(1), spotify, folder, LIST);
      assertThat(second.err(), second.exitCode(), is(7));
      assertThat(second.dataFiles(), is(first.dataFiles()));
      JobRun verdict = JobRun.of("status", "--lake=" + folder.resolve("lake"));
      assertThat(verdict.exitCode(), is(7));
      assertThat(verdict.out(), containsString("no complete response"));
      spotify.clearScripts();
      JobRun.awaitNextSecond();
      JobRun third = JobRun.on(DAY.plusDays(1), spotify, folder, LIST);
      assertThat(third.err(), third.exitCode(), is(0));
      assertThat(third.column(LakeTable.PLAYLIST_EVENT, "event_type"), is(List.of("FIRST_SEEN")));
    }
  }

  @Test
  void aPlanSaysItToo() throws IOException {
    try (SpotifyStandIn spotify = start(Dialect.RESTRICTED)) {
      spotify.scriptAlways("^/v1/", Scripted.reset());
      JobRun run = JobRun.ofCommand("plan", DAY, spotify, folder, LIST);
      assertThat(run.err(), run.exitCode(), is(7));
      assertThat(
          run.err(), allOf(containsString("connection was lost"), not(containsString("\tat "))));
    }
  }

  private JobRun run(String apiUrl, String accountsUrl) {
    Path file = JobRun.credentials(folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
    return JobRun.of(
        LIST,
        "--lake=" + folder.resolve("lake"),
        "--credentials=file:" + file,
        "--apiUrl=" + apiUrl,
        "--accountsUrl=" + accountsUrl);
  }

  private void unreachable(JobRun run, String code, String host) {
    assertThat(run.err(), run.exitCode(), is(7));
    assertThat(
        run.err(),
        allOf(
            containsString("no complete response"),
            containsString(host),
            not(containsString("\tat ")),
            not(containsString("Ask it something"))));
    assertThat(run.err(), run.errLines(), hasSize(1));
    assertThat(run.row().get("status").asText(), is("UNREACHABLE"));
    assertThat(run.row().get("stopped_by").asText(), is(code));
    List<Path> files = LakeFolder.files(folder.resolve("lake"));
    assertThat(
        files.stream()
            .filter(file -> file.toString().endsWith(".parquet"))
            .filter(file -> !file.toString().contains("/run/"))
            .toList(),
        is(empty()));
    assertThat(
        files.stream().filter(file -> file.toString().contains("/run/")).toList(), hasSize(1));
  }

  private static String ids(int playlists) {
    StringBuilder ids = new StringBuilder();
    for (int i = 0; i < playlists; i++) {
      ids.append(ids.isEmpty() ? "" : ",").append(String.format(Locale.ROOT, "%022d", i));
    }
    return ids.toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private SSLContext selfSigned() throws Exception {
    Path store = folder.resolve("store.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit",
                "-dname",
                "CN=proxy.example",
                "-ext",
                "san=ip:127.0.0.1",
                "-keyalg",
                "RSA",
                "-alias",
                "proxy")
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(said, keytool.waitFor(), is(0));
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  private static SpotifyStandIn start(Dialect dialect) {
    return SpotifyStandIn.start(
        SampleCatalog.create(), StandInOptions.defaults().withDialect(dialect));
  }
}
