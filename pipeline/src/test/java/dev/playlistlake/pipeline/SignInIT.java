package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Signing in as the jars do it: with a real environment, and over their own AWS SDK. */
class SignInIT {
  private static final long MOST_BYTES = 225_000_000;
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:spotify-AbCdEf";

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "FlinkRunner"})
  void aTokenThatIsReplacedServesBothStagesAndMainSaysSo(String runner, @TempDir Path directory)
      throws Exception {
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(
            SampleCatalog.create(),
            StandInOptions.defaults().withRefreshToken("r-token").withRotateRefreshTokens(true))) {
      JarRun run =
          JarRun.in(
              directory,
              Map.of(
                  "SPOTIFY_CLIENT_ID", JobRun.CLIENT_ID,
                  "SPOTIFY_CLIENT_SECRET", JobRun.CLIENT_SECRET,
                  "SPOTIFY_REFRESH_TOKEN", "r-token"),
              "--runner=" + runner,
              "--playlists=" + SampleCatalog.SUNSET,
              "--apiUrl=" + spotify.url(),
              "--accountsUrl=" + spotify.url());

      String err = String.join("\n", run.err());
      assertThat(err, run.exitCode(), is(0));
      assertThat(
          spotify.requests().stream()
              .filter(LoggedRequest::isToken)
              .map(LoggedRequest::status)
              .toList(),
          contains(200, 200));
      assertThat(
          run.err().stream().filter(line -> line.contains("replaced")).toList(),
          contains(
              startsWith(
                  "Spotify replaced the refresh token during this run: the one in the variable"
                      + " SPOTIFY_REFRESH_TOKEN no longer works.")));
      assertThat(err, not(containsString("r-token")));
    }
  }

  static Stream<Path> jars() {
    return Stream.of(JarRun.EVERYTHING, JarRun.FOR_FLINK);
  }

  /** Nothing is left out of a jar that the call needs, and no jar is larger than it must be. */
  @ParameterizedTest
  @MethodSource("jars")
  void eachJarReadsASecret(Path jar) throws Exception {
    assertThat(Files.size(jar), is(lessThan(MOST_BYTES)));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", SignInIT::giveSecret);
    server.start();
    // A cluster brings SLF4J, and nothing else that is needed here.
    URL slf4j = LoggerFactory.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {jar.toUri().toURL(), slf4j}, ClassLoader.getPlatformClassLoader())) {
      URI endpoint = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(read(loader, endpoint), is("the secret"));
    } finally {
      server.stop(0);
    }
  }

  private static void giveSecret(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = "{\"SecretString\":\"the secret\"}".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** By reflection, as these are the jar's classes and not those of this test. */
  private static Object read(ClassLoader jar, URI endpoint) throws Exception {
    String auth = "software.amazon.awssdk.auth.credentials.";
    Object key =
        jar.loadClass(auth + "AwsBasicCredentials")
            .getMethod("create", String.class, String.class)
            .invoke(null, "AKIDTEST", "aws-s3cret");
    Object provider =
        jar.loadClass(auth + "StaticCredentialsProvider")
            .getMethod("create", jar.loadClass(auth + "AwsCredentials"))
            .invoke(null, key);
    Class<?> type = jar.loadClass("dev.playlistlake.io.spotify.auth.SecretsManager");
    Constructor<?> constructor =
        type.getDeclaredConstructor(jar.loadClass(auth + "AwsCredentialsProvider"), URI.class);
    constructor.setAccessible(true);
    Method text = type.getDeclaredMethod("text", String.class);
    text.setAccessible(true);
    return text.invoke(constructor.newInstance(provider, endpoint), ARN);
  }
}
