package dev.playlistlake.io.spotify.auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.playlistlake.io.proxy.LocalProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The one call, over the wire, to a server that speaks it. */
class SecretsManagerTest {
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod/spotify-AbCdEf";
  private static final String LINES =
      "SPOTIFY_CLIENT_ID=id\nSPOTIFY_CLIENT_SECRET=s3cret\nSPOTIFY_REFRESH_TOKEN=r\n";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<JsonNode> asked = new ArrayList<>();
  private final List<String> authorizations = new ArrayList<>();
  private final HttpServer server;
  private final SecretsManager secrets;
  private int status = 200;
  private String answer = "{}";

  SecretsManagerTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    secrets =
        new SecretsManager(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "aws-s3cret")),
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean theCall =
          "secretsmanager.GetSecretValue"
              .equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      asked.add(MAPPER.readTree(exchange.getRequestBody().readAllBytes()));
      authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      exchange.sendResponseHeaders(theCall ? status : 418, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void holds(String secret) {
    ObjectNode node = MAPPER.createObjectNode().put("ARN", ARN).put("SecretString", secret);
    answer = node.toString();
  }

  /** To a name that does not exist here, through a proxy that wants a password. */
  @Test
  void theCallGoesThroughAProxy() throws Exception {
    holds(LINES);
    try (LocalProxy proxy = LocalProxy.to(server.getAddress().getPort(), "user:s3cret")) {
      Map<String, String> settings =
          Map.of(
              "http.proxyHost", "127.0.0.1",
              "http.proxyPort", String.valueOf(proxy.port()),
              "http.proxyUser", "user",
              "http.proxyPassword", "s3cret");
      settings.forEach(System::setProperty);
      try {
        SecretsManager afar =
            new SecretsManager(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDTEST", "s")),
                URI.create("http://secrets.test"));
        assertThat(afar.text(ARN), is(LINES));
        assertThat(proxy.requests(), is(List.of("POST http://secrets.test/")));
      } finally {
        settings.keySet().forEach(System::clearProperty);
      }
    }
  }

  @Test
  void theCallIsSignedForTheRegionOfTheArn() throws Exception {
    holds(LINES);
    assertThat(secrets.text(ARN), is(LINES));
    assertThat(asked.get(0), is(MAPPER.createObjectNode().put("SecretId", ARN)));
    assertThat(authorizations.get(0), startsWith("AWS4-HMAC-SHA256 Credential=AKIDTEST/"));
    assertThat(authorizations.get(0), containsString("/eu-west-1/secretsmanager/aws4_request"));
    assertThat(authorizations.get(0), containsString("Signature="));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        LINES,
        "{\"SPOTIFY_CLIENT_ID\":\"id\",\"SPOTIFY_CLIENT_SECRET\":\"s3cret\","
            + "\"SPOTIFY_REFRESH_TOKEN\":\"r\"}",
        " \n{\"OTHER\":1,\"SPOTIFY_REFRESH_TOKEN\":\" r \",\"SPOTIFY_CLIENT_ID\":\"id\","
            + "\"SPOTIFY_CLIENT_SECRET\":\"s3cret\"}\n"
      })
  void theSecretIsJsonOrLines(String text) throws Exception {
    holds(text);
    Credentials credentials = resolve();
    assertThat(credentials.clientId(), is("id"));
    assertThat(credentials.clientSecret(), is("s3cret"));
    assertThat(credentials.refreshToken(), is("r"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"SPOTIFY_CLIENT_ID\":7,\"SPOTIFY_CLIENT_SECRET\":\"s3cret\"} | SPOTIFY_CLIENT_ID is not",
        "{\"SPOTIFY_CLIENT_ID\":\"id\"}    | SPOTIFY_CLIENT_SECRET is not set in the secret",
        "{\"SPOTIFY_CLIENT_SECRET\":s3cret | neither JSON nor lines",
        "s3cret                            | SPOTIFY_CLIENT_ID is not set in the secret",
      })
  void aSecretThatIsNoneIsNotRepeated(String text, String said) {
    holds(text);
    SignInException e = assertThrows(SignInException.class, this::resolve);
    assertThat(e.code(), is(SignInException.MISSING_CREDENTIALS));
    assertThat(e.getMessage(), containsString(said));
    assertThat(e.toString(), not(containsString("s3cret")));
  }

  @Test
  void aBinarySecretIsNone() {
    answer = "{\"SecretBinary\":\"czNjcmV0\"}";
    SignInException e = assertThrows(SignInException.class, this::resolve);
    assertThat(e.getMessage(), containsString("binary"));
  }

  @ParameterizedTest
  @CsvSource({
    "400, ResourceNotFoundException, AWS knows no such secret",
    "400, AccessDeniedException, secretsmanager:GetSecretValue",
    "400, InvalidRequestException, AWS does not give the secret: InvalidRequestException",
    "400, UnrecognizedClientException, UnrecognizedClientException",
    "403, aws-s3cret is wrong, AWS does not give the secret: status 403",
  })
  void aRefusalIsAnOutcome(int refused, String type, String said) {
    status = refused;
    answer = "{\"__type\":\"" + type + "\",\"Message\":\"it was aws-s3cret\"}";
    SignInException e = assertThrows(SignInException.class, this::resolve);
    assertThat(e.code(), is(SignInException.MISSING_CREDENTIALS));
    assertThat(e.getMessage(), containsString(said));
    assertThat(e.toString(), not(containsString("aws-s3cret")));
    assertThat(asked.size(), is(1));
  }

  @ParameterizedTest
  @CsvSource({"500, InternalServiceError", "503, x", "400, ThrottlingException"})
  void aServerInTroubleIsWorthAnotherTry(int failed, String type) {
    status = failed;
    answer = "{\"__type\":\"" + type + "\"}";
    assertThrows(IOException.class, this::resolve);
    assertThat("the caller tries again, not the SDK", asked.size(), is(1));
  }

  @Test
  void noServerIsWorthAnotherTry() {
    server.stop(0);
    assertThrows(IOException.class, this::resolve);
  }

  @Test
  void withoutAwsCredentialsNothingIsAsked() {
    SecretsManager nobody =
        new SecretsManager(
            () -> {
              throw SdkClientException.create("Unable to load credentials: s3cret");
            },
            null);
    SignInException e = assertThrows(SignInException.class, () -> nobody.text(ARN));
    assertThat(e.code(), is(SignInException.MISSING_CREDENTIALS));
    assertThat(e.getMessage(), startsWith("no AWS credentials: "));
    assertThat(e.toString(), not(containsString("s3cret")));
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a/b_+=.@-c, true",
    "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a, true",
    "arn:aws-us-gov:secretsmanager:us-gov-west-1:123456789012:secret:a, true",
    "arn:aws:secretsmanager:eu-west-1:123456789012:secret:, false",
    "arn:aws:secretsmanager:eu-west-1:12345:secret:a, false",
    "arn:aws:secretsmanager::123456789012:secret:a, false",
    "arn:aws:s3:::bucket, false",
    "my-secret, false",
  })
  void anArnNamesItsRegion(String written, boolean arn) {
    assertThat(SecretsManager.isArn(written), is(arn));
  }

  private Credentials resolve() throws Exception {
    return CredentialsRef.parse("secretsmanager:" + ARN).resolve(unused -> null, secrets);
  }
}
