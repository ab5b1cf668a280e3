package dev.playlistlake.io.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A whole answer before it goes to the wire. */
final class Answer {

  private static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final byte[] body;
  private final Map<String, String> headers;

  private Answer(int status, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  static Answer json(int status, String body) {
    return bytes(status, body.getBytes(StandardCharsets.UTF_8), JSON);
  }

  static Answer bytes(int status, byte[] body, String contentType) {
    return new Answer(status, body, Map.of("Content-Type", contentType));
  }

  /** The error object of the Web API. The message must need no escaping. */
  static Answer error(int status, String message) {
    return json(
        status,
        String.format(
            Locale.ROOT, "{\"error\":{\"status\":%d,\"message\":\"%s\"}}", status, message));
  }

  int status() {
    return status;
  }

  byte[] body() {
    return body;
  }

  String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  Map<String, String> headers() {
    return headers;
  }

  Answer withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, body, Map.copyOf(more));
  }

  /** Compressed fast rather than well: the stand-in often shares a machine with its client. */
  Answer gzipped() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(body.length / 4 + 64);
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(packed) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Answer(status, packed.toByteArray(), headers).withHeader("Content-Encoding", "gzip");
  }
}
