package dev.playlistlake.pipeline.job;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.playlistlake.io.proxy.LocalProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3 on the other side of a proxy, under a name that does not exist here. */
class S3ClientsTest {
  private static final String LISTING =
      "<?xml version=\"1.0\"?><ListBucketResult><Name>b</Name><KeyCount>0</KeyCount>"
          + "<IsTruncated>false</IsTruncated></ListBucketResult>";

  private final HttpServer server;

  S3ClientsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            byte[] body = LISTING.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    Map.of("proxyHost", "", "proxyPort", "", "proxyUser", "", "proxyPassword", "")
        .keySet()
        .forEach(name -> System.clearProperty("http." + name));
  }

  @Test
  void s3IsReachedThroughTheProxy() throws Exception {
    try (LocalProxy proxy = LocalProxy.to(server.getAddress().getPort(), "user:s3cret")) {
      use(proxy, "s3cret");
      list("http://s3.test");
      assertThat(proxy.requests(), everyItem(startsWith("GET http://s3.test/b")));
      assertThat(proxy.requests(), is(not(empty())));
    }
  }

  @Test
  void thisMachineIsReachedDirectly() throws Exception {
    try (LocalProxy proxy = LocalProxy.refusing(403)) {
      use(proxy, "s3cret");
      list("http://127.0.0.1:" + server.getAddress().getPort());
      assertThat(proxy.requests(), is(empty()));
    }
  }

  @Test
  void aWrongSettingIsSaidByItsName() throws Exception {
    try (LocalProxy proxy = LocalProxy.refusing(403)) {
      use(proxy, "s3cret");
      System.setProperty("http.proxyHost", "user:s3cret@proxy");
      SdkClientException e = assertThrows(SdkClientException.class, () -> list("http://s3.test"));
      assertThat(
          e.getMessage(), allOf(containsString("http.proxyHost"), not(containsString("s3cret"))));
    }
  }

  /** The worker's own settings count: the options must hold none. */
  @Test
  void theOptionsNameTheClassAlone() {
    S3Options options = options("http://s3.test");
    Storage.prepare(options, true);
    assertThat(options.getS3ClientFactoryClass(), is((Object) S3Clients.class));
    assertThat(options.getProxyConfiguration() == null, is(true));
  }

  private static void list(String endpoint) {
    try (S3Client client = new S3Clients().createBuilder(options(endpoint)).build()) {
      client.listObjectsV2(request -> request.bucket("b"));
    }
  }

  private static S3Options options(String endpoint) {
    S3Options options = PipelineOptionsFactory.as(S3Options.class);
    options.setAwsRegion(Region.EU_WEST_1);
    options.setEndpoint(URI.create(endpoint));
    options.setAwsCredentialsProvider(
        StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "aws-s3cret")));
    return options;
  }

  private static void use(LocalProxy proxy, String password) {
    System.setProperty("http.proxyHost", "127.0.0.1");
    System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
    System.setProperty("http.proxyUser", "user");
    System.setProperty("http.proxyPassword", password);
  }
}
