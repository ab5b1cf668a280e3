package dev.playlistlake.io.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a request gets instead of the ordinary response. Immutable. */
public final class Scripted {

  /** How much of the response reaches the client. */
  enum Ending {
    WHOLE,
    BYTE_BY_BYTE,
    HALF,
    NOTHING
  }

  private final @Nullable Response response;
  private final Function<String, String> edit;
  private final boolean edited;
  private final Duration stall;
  private final Ending ending;
  private final Map<String, String> headers;
  private final Runnable before;

  private Scripted(
      @Nullable Response response,
      Function<String, String> edit,
      boolean edited,
      Duration stall,
      Ending ending,
      Map<String, String> headers,
      Runnable before) {
    this.response = response;
    this.edit = edit;
    this.edited = edited;
    this.stall = stall;
    this.ending = ending;
    this.headers = headers;
    this.before = before;
  }

  /** This status and body, sent as JSON. */
  public static Scripted status(int status, String body) {
    return of(Response.json(status, body), Duration.ZERO, Ending.WHOLE);
  }

  /** 200 with this body. */
  public static Scripted json(String body) {
    return status(200, body);
  }

  public static Scripted bytes(int status, byte[] body, String contentType) {
    return of(Response.bytes(status, body.clone(), contentType), Duration.ZERO, Ending.WHOLE);
  }

  /** Closes the connection without a response. */
  public static Scripted reset() {
    return of(null, Duration.ZERO, Ending.NOTHING);
  }

  /** The ordinary response with its full Content-Length, cut after half of the bytes. */
  public static Scripted truncated() {
    return of(null, Duration.ZERO, Ending.HALF);
  }

  /** The ordinary response after a pause. */
  public static Scripted stall(Duration pause) {
    return of(null, pause, Ending.WHOLE);
  }

  /** The ordinary response, byte by byte, with a pause before each. */
  public static Scripted drip(Duration pause) {
    return of(null, pause, Ending.BYTE_BY_BYTE);
  }

  /** The ordinary response. */
  public static Scripted normal() {
    return of(null, Duration.ZERO, Ending.WHOLE);
  }

  /** The ordinary response with a rewritten body. */
  public static Scripted edit(Function<String, String> edit) {
    return new Scripted(null, edit, true, Duration.ZERO, Ending.WHOLE, Map.of(), () -> {});
  }

  public Scripted withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Scripted(response, edit, edited, stall, ending, more, before);
  }

  /** Runs the hook before the response is made, for example to change the catalog between pages. */
  public Scripted then(Runnable hook) {
    return new Scripted(response, edit, edited, stall, ending, headers, hook);
  }

  private static Scripted of(@Nullable Response response, Duration stall, Ending ending) {
    return new Scripted(response, body -> body, false, stall, ending, Map.of(), () -> {});
  }

  /** The response that replaces the ordinary one; null for the ordinary one. */
  @Nullable Response response() {
    return response;
  }

  Response edited(Response ordinary) {
    Response result =
        edited
            ? Response.bytes(
                ordinary.status(),
                edit.apply(ordinary.text()).getBytes(StandardCharsets.UTF_8),
                "application/json; charset=utf-8")
            : ordinary;
    for (Map.Entry<String, String> header : headers.entrySet()) {
      result = result.withHeader(header.getKey(), header.getValue());
    }
    return result;
  }

  Duration stall() {
    return stall;
  }

  Ending ending() {
    return ending;
  }

  void runHook() {
    before.run();
  }

  /** Whether the response is the ordinary one, which may come from the cache. */
  boolean plain() {
    return response == null && !edited && headers.isEmpty();
  }
}
