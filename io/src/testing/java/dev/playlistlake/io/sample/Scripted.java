package dev.playlistlake.io.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What happens to a request instead of the ordinary answer. Immutable. */
public final class Scripted {

  /** How much of the answer reaches the client. */
  enum Ending {
    WHOLE,
    BYTE_BY_BYTE,
    HALF,
    NOTHING
  }

  private final @Nullable Answer answer;
  private final Function<String, String> edit;
  private final boolean edited;
  private final Duration stall;
  private final Ending ending;
  private final Map<String, String> headers;
  private final Runnable before;

  private Scripted(
      @Nullable Answer answer,
      Function<String, String> edit,
      boolean edited,
      Duration stall,
      Ending ending,
      Map<String, String> headers,
      Runnable before) {
    this.answer = answer;
    this.edit = edit;
    this.edited = edited;
    this.stall = stall;
    this.ending = ending;
    this.headers = headers;
    this.before = before;
  }

  /** This status with this body, sent as JSON. */
  public static Scripted status(int status, String body) {
    return of(Answer.json(status, body), Duration.ZERO, Ending.WHOLE);
  }

  /** 200 with this body. */
  public static Scripted json(String body) {
    return status(200, body);
  }

  public static Scripted bytes(int status, byte[] body, String contentType) {
    return of(Answer.bytes(status, body.clone(), contentType), Duration.ZERO, Ending.WHOLE);
  }

  /** The connection is closed without an answer. */
  public static Scripted reset() {
    return of(null, Duration.ZERO, Ending.NOTHING);
  }

  /** The ordinary answer with its full Content-Length, but closed after half of the bytes. */
  public static Scripted truncated() {
    return of(null, Duration.ZERO, Ending.HALF);
  }

  /** The ordinary answer after a silence of this length. */
  public static Scripted stall(Duration silence) {
    return of(null, silence, Ending.WHOLE);
  }

  /** The ordinary answer, a byte at a time, with a silence of this length before each. */
  public static Scripted drip(Duration silence) {
    return of(null, silence, Ending.BYTE_BY_BYTE);
  }

  /** The ordinary answer. */
  public static Scripted normal() {
    return of(null, Duration.ZERO, Ending.WHOLE);
  }

  /** The ordinary answer with a rewritten body. */
  public static Scripted edit(Function<String, String> edit) {
    return new Scripted(null, edit, true, Duration.ZERO, Ending.WHOLE, Map.of(), () -> {});
  }

  public Scripted withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Scripted(answer, edit, edited, stall, ending, more, before);
  }

  /** Runs this before the answer is made, say to change the catalog between two pages. */
  public Scripted then(Runnable hook) {
    return new Scripted(answer, edit, edited, stall, ending, headers, hook);
  }

  private static Scripted of(@Nullable Answer answer, Duration stall, Ending ending) {
    return new Scripted(answer, body -> body, false, stall, ending, Map.of(), () -> {});
  }

  /** The answer that replaces the ordinary one, null if the ordinary one is wanted. */
  @Nullable Answer answer() {
    return answer;
  }

  Answer edited(Answer ordinary) {
    Answer result =
        edited
            ? Answer.bytes(
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

  /** Whether the answer is the one that any client would get, which may come from the cache. */
  boolean plain() {
    return answer == null && !edited && headers.isEmpty();
  }
}
