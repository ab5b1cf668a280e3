package dev.playlistlake.io.spotify.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.playlistlake.io.proxy.LocalProxy;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real requests through a real proxy, to names that do not exist here. */
class ThroughAProxyTest {
  private static final String LOGIN = "us er:s3cret@";
  private static final char[] STORE = "changeit".toCharArray();
  private static final URI TOKEN = URI.create("https://accounts.spotify.com/api/token");
  private static final URI ME = URI.create("https://api.spotify.com/v1/me");
  private static final Header[] NO_HEADERS = {};

  private final Path folder;
  private final Map<String, String> before = new HashMap<>();

  ThroughAProxyTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void restore() {
    before.forEach(
        (name, value) -> {
          if (value.isEmpty()) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }

  @Test
  void plainRequestsAreForwarded() throws Exception {
    HttpServer server = HttpServer.create(loopback(), 0);
    try (LocalProxy proxy = LocalProxy.to(start(server), LOGIN)) {
      use("http", proxy.port(), "us er", "s3cret@");
      try (SpotifyTransport transport = transport("http://api.test", "http://accounts.test:81")) {
        assertThat(transport.call().get(ME, NO_HEADERS), is("GET /v1/me "));
        assertThat(
            transport.call().post(TOKEN, NO_HEADERS, new StringEntity("a=b")),
            is("POST /api/token a=b"));
      }
      assertThat(
          proxy.requests(),
          contains("GET http://api.test/v1/me", "POST http://accounts.test:81/api/token"));
    } finally {
      server.stop(0);
    }
  }

  /** Basic through a tunnel, which the JDK's own client has switched off. */
  @Test
  void secureRequestsGoThroughATunnel() throws Exception {
    HttpsServer server = secure();
    try (LocalProxy proxy = LocalProxy.to(start(server), LOGIN)) {
      use("https", proxy.port(), "us er", "s3cret@");
      set("javax.net.ssl.trustStore", keys().toString());
      set("javax.net.ssl.trustStorePassword", "changeit");
      try (SpotifyTransport transport = transport("https://api.test", "https://api.test:8443")) {
        assertThat(transport.call().get(ME, NO_HEADERS), is("GET /v1/me "));
        assertThat(transport.call().get(ME, NO_HEADERS), is("GET /v1/me "));
        assertThat(
            transport.call().post(TOKEN, NO_HEADERS, new StringEntity("a=b")),
            is("POST /api/token a=b"));
      }
      // One tunnel per connection, not per request.
      assertThat(proxy.requests(), contains("CONNECT api.test:443", "CONNECT api.test:8443"));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aCertificateThatIsNotTrustedIsTheCause() throws Exception {
    HttpsServer server = secure();
    try (LocalProxy proxy = LocalProxy.to(start(server))) {
      use("https", proxy.port(), "", "");
      assertThat(
          failure("https://api.test"),
          allOf(containsString("certificate"), containsString("javax.net.ssl.trustStore")));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aProxysRefusalIsNotSpotifys() throws Exception {
    try (LocalProxy proxy = LocalProxy.refusing(403)) {
      use("https", proxy.port(), "", "");
      assertThat(
          failure("https://api.test"),
          is(
              "the proxy 127.0.0.1:"
                  + proxy.port()
                  + " does not let this program reach api.test (403)"));
    }
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() throws Exception {
    HttpServer server = HttpServer.create(loopback(), 0);
    try (LocalProxy proxy = LocalProxy.to(start(server), LOGIN)) {
      for (String scheme : new String[] {"http", "https"}) {
        use(scheme, proxy.port(), "us er", "wr0ng");
        assertThat(
            failure(scheme + "://api.test"),
            allOf(
                containsString("does not accept the user and password"),
                containsString("407"),
                not(containsString("wr0ng"))));
        use(scheme, proxy.port(), "", "");
        assertThat(failure(scheme + "://api.test"), containsString("asks for a user"));
      }
      assertThat(proxy.requests(), is(empty()));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamed() throws Exception {
    int port;
    try (LocalProxy proxy = LocalProxy.refusing(403)) {
      port = proxy.port();
    }
    use("https", port, "", "");
    assertThat(
        failure("https://api.test"),
        is("the proxy 127.0.0.1:" + port + " cannot be reached: the connection is refused"));
    set("https.proxyHost", "no-such-name.invalid");
    assertThat(
        failure("https://api.test"),
        containsString("the proxy no-such-name.invalid:" + port + " cannot be reached: its name"));
  }

  @Test
  void thisMachineIsReachedDirectly() throws Exception {
    HttpServer server = HttpServer.create(loopback(), 0);
    try (LocalProxy proxy = LocalProxy.to(start(server))) {
      use("http", proxy.port(), "", "");
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      try (SpotifyTransport transport = transport(url, url)) {
        assertThat(transport.call().get(ME, NO_HEADERS), is("GET /v1/me "));
      }
      assertThat(proxy.requests(), is(empty()));
    } finally {
      server.stop(0);
    }
  }

  private static String failure(String url) throws IOException {
    try (SpotifyTransport transport = transport(url, url)) {
      IOException e = assertThrows(IOException.class, () -> transport.call().get(ME, NO_HEADERS));
      return FailureCause.words(e);
    }
  }

  private static SpotifyTransport transport(String apiUrl, String accountsUrl) {
    return new SpotifyTransport(
        new HttpSettings(
            URI.create(apiUrl),
            URI.create(accountsUrl),
            2,
            Duration.ofSeconds(10),
            Duration.ofSeconds(20)));
  }

  private void use(String scheme, int port, String user, String password) {
    set(scheme + ".proxyHost", "127.0.0.1");
    set(scheme + ".proxyPort", String.valueOf(port));
    set(scheme + ".proxyUser", user);
    set(scheme + ".proxyPassword", password);
  }

  private void set(String name, String value) {
    before.putIfAbsent(name, System.getProperty(name, ""));
    System.setProperty(name, value);
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static int start(HttpServer server) {
    server.createContext("/", ThroughAProxyTest::answer);
    server.start();
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body =
          (exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private HttpsServer secure() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys())) {
      store.load(in, STORE);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(store, STORE);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return server;
  }

  /** A certificate for api.test, which nobody trusts. */
  private Path keys() throws Exception {
    Path store = folder.resolve("keys.p12");
    if (!Files.exists(store)) {
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "EC",
                  "-alias",
                  "api",
                  "-dname",
                  "CN=api.test",
                  "-ext",
                  "san=dns:api.test",
                  "-keystore",
                  store.toString(),
                  "-storepass",
                  "changeit")
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("keytool.log").toFile())
              .start();
      assertThat(keytool.waitFor(), is(0));
    }
    return store;
  }
}
