package dev.playlistlake.pipeline.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A user with a plain client for a browser: opens the address and presses a button. */
final class Visitor {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Where the consent page sends the browser; nobody has been there yet. */
  URI answer(URI address, String button) throws IOException, InterruptedException {
    HttpResponse<String> pressed =
        http.send(
            HttpRequest.newBuilder(address)
                .POST(HttpRequest.BodyPublishers.ofString("decision=" + button))
                .build(),
            BodyHandlers.ofString());
    return URI.create(
        pressed
            .headers()
            .firstValue("location")
            .orElseThrow(() -> new AssertionError(pressed.body())));
  }

  /** Presses a button and goes where that leads; what is shown there. */
  String press(URI address, String button) throws IOException, InterruptedException {
    return get(answer(address, button)).body();
  }

  HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
  }
}
