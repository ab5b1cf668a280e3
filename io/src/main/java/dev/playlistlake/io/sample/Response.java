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

/** A whole response before it is sent. */
final class Response {

  private static final String JSON = "application/json; charset=utf-8";

  private final int status;
  private final byte[] body;
  private final Map<String, String> headers;

  private Response(int status, byte[] body, Map<String, String> headers) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }

  static Response json(int status, String body) {
    return bytes(status, body.getBytes(StandardCharsets.UTF_8), JSON);
  }

  static Response bytes(int status, byte[] body, String contentType) {
    return new Response(status, body, Map.of("Content-Type", contentType));
  }

  /** The error object of the Web API. The message must not need escaping. */
  static Response error(int status, String message) {
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

  Response withHeader(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Response(status, body, Map.copyOf(more));
  }

  /** Compressed for speed, not size: the server often shares a machine with its client. */
  Response gzipped() {
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
    return new Response(status, packed.toByteArray(), headers)
        .withHeader("Content-Encoding", "gzip");
  }
}
