package dev.playlistlake.pipeline.login;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.testing.Required;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real browser without a screen, told what to do over the WebDriver protocol by its driver. It
 * never waits for a page by itself: whoever looks for something on a page waits for that.
 */
final class Chromium implements AutoCloseable {
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final Pattern PORT = Pattern.compile("successfully on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MOST_MILLIS = 60_000;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process driver;
  private final Path log;
  private final URI session;

  /** Begins with a profile of its own in an empty folder, or ends the test without a browser. */
  static Chromium start(Path folder) throws IOException, InterruptedException {
    Optional<Path> browser = find("chromium");
    Optional<Path> driver = find("chromedriver");
    if (browser.isEmpty() || driver.isEmpty()) {
      Required.orSkip(
          "chromium", "no chromium with chromedriver in /usr/bin or on the PATH; apt-get has them");
    }
    return new Chromium(browser.orElseThrow(), driver.orElseThrow(), folder);
  }

  private static Optional<Path> find(String name) {
    return Stream.concat(
            Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(File.pathSeparator)))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private Chromium(Path browser, Path driver, Path folder)
      throws IOException, InterruptedException {
    this.log = folder.resolve("chromedriver.log");
    ProcessBuilder builder =
        new ProcessBuilder(driver.toString(), "--port=0")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("HOME", folder.toString());
    this.driver = builder.start();
    try {
      ObjectNode wanted = JSON.createObjectNode();
      ObjectNode capabilities = wanted.putObject("capabilities").putObject("alwaysMatch");
      capabilities.put("pageLoadStrategy", "none");
      ObjectNode options = capabilities.putObject("goog:chromeOptions");
      options.put("binary", browser.toString());
      var flags = options.putArray("args");
      FLAGS.forEach(flags::add);
      flags.add("--user-data-dir=" + folder.resolve("profile"));
      URI sessions = URI.create("http://127.0.0.1:" + port() + "/session");
      String id = post(sessions, wanted).path("sessionId").asText();
      this.session = URI.create(sessions + "/" + id);
    } catch (IOException | RuntimeException | InterruptedException e) {
      stop();
      throw e;
    }
  }

  private int port() throws IOException, InterruptedException {
    for (long waited = 0; waited < MOST_MILLIS; waited += 20) {
      Matcher port = PORT.matcher(Files.readString(log));
      if (port.find()) {
        return Integer.parseInt(port.group(1));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new IOException("chromedriver does not start: " + Files.readString(log));
  }

  /** Opens an address in a tab of its own, which the following is about. */
  String open(URI address) throws IOException, InterruptedException {
    String tab =
        post("/window/new", JSON.createObjectNode().put("type", "tab")).path("handle").asText();
    goTo(tab);
    post("/url", JSON.createObjectNode().put("url", address.toString()));
    return tab;
  }

  /** Back to a tab. */
  void goTo(String tab) throws IOException, InterruptedException {
    post("/window", JSON.createObjectNode().put("handle", tab));
  }

  /** Presses a button as soon as it is there. */
  void press(String id) throws IOException, InterruptedException {
    ObjectNode selector =
        JSON.createObjectNode().put("using", "css selector").put("value", "#" + id);
    for (long waited = 0; waited < MOST_MILLIS; waited += 50) {
      try {
        String element = post("/element", selector).elements().next().asText();
        post("/element/" + element + "/click", JSON.createObjectNode());
        return;
      } catch (WebDriverException e) {
        // Not there yet, or its page is about to go.
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    throw new AssertionError("no #" + id + " on the page: " + text());
  }

  /** What a person reads on the page, as soon as these words are among it. */
  String read(String words) throws IOException, InterruptedException {
    for (long waited = 0; waited < MOST_MILLIS; waited += 50) {
      String text = text();
      if (text.contains(words)) {
        return text;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new AssertionError("'" + words + "' is not on the page: " + text());
  }

  private String text() throws IOException, InterruptedException {
    ObjectNode script = JSON.createObjectNode();
    script.put("script", "return document.body ? document.body.innerText : ''");
    script.putArray("args");
    try {
      return post("/execute/sync", script).asText();
    } catch (WebDriverException e) {
      return "";
    }
  }

  private JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
    return post(URI.create(session + path), body);
  }

  private JsonNode post(URI uri, ObjectNode body) throws IOException, InterruptedException {
    return send("POST", uri, body);
  }

  /** The driver says no: there is no such element, say. */
  private static final class WebDriverException extends IOException {
    WebDriverException(String message) {
      super(message);
    }
  }

  private JsonNode send(String method, URI uri, @Nullable ObjectNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofMillis(MOST_MILLIS))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new WebDriverException(response.body());
    }
    return JSON.readTree(response.body()).path("value");
  }

  @Override
  public void close() throws IOException {
    try {
      send("DELETE", session, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      stop();
    }
  }

  private void stop() {
    List<ProcessHandle> processes =
        Stream.concat(driver.descendants(), Stream.of(driver.toHandle())).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    // Its profile can go when nobody writes there any more.
    processes.forEach(process -> process.onExit().join());
  }
}
