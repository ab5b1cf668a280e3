package dev.playlistlake.io.sample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A plain client that asks the stand-in as a browser would, and follows nothing by itself. */
final class StandInClient {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final String token;

  StandInClient(SpotifyStandIn standIn) throws IOException, InterruptedException {
    url = standIn.url();
    token =
        JSON.readTree(
                askToken("sample-client:sample-secret", "grant_type=client_credentials").body())
            .path("access_token")
            .asText();
  }

  HttpClient http() {
    return http;
  }

  HttpResponse<String> askToken(String client, String form)
      throws IOException, InterruptedException {
    String basic = Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8));
    return http.send(
        HttpRequest.newBuilder(url.resolve("/api/token"))
            .header("Authorization", "Basic " + basic)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(url.resolve(pathAndQuery))
        .timeout(Duration.ofSeconds(10))
        .header("Authorization", "Bearer " + token);
  }

  HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
    return http.send(request(pathAndQuery).build(), BodyHandlers.ofString());
  }

  JsonNode json(String pathAndQuery) throws IOException, InterruptedException {
    HttpResponse<String> response = get(pathAndQuery);
    if (response.statusCode() != 200) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** Every item of a playlist: those of the first answer, then page by page. */
  List<JsonNode> items(String playlistId, Dialect dialect)
      throws IOException, InterruptedException {
    String types = "additional_types=track,episode";
    JsonNode page = json("/v1/playlists/" + playlistId + '?' + types).path(dialect.contents());
    List<JsonNode> items = new ArrayList<>();
    page.path("items").forEach(items::add);
    while (!page.path("next").isNull()) {
      page =
          json(
              "/v1/playlists/%s/%s?limit=%d&offset=%d&%s"
                  .formatted(
                      playlistId, dialect.contents(), dialect.maxLimit(), items.size(), types));
      page.path("items").forEach(items::add);
    }
    return items;
  }
}
