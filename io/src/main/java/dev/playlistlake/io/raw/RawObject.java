package dev.playlistlake.io.raw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The stored responses of one subject: gzip'ed JSON lines, one per attempt, then one with the
 * outcome. An object without that last line was cut short and counts as absent.
 *
 * @param attempts in the order in which they ended
 * @param outcome how the fetch ended
 * @param reason why it did not end well, or null
 */
public record RawObject(List<RawAttempt> attempts, RawOutcome outcome, @Nullable Reason reason) {
  static final String SUFFIX = ".jsonl.gz";

  private static final String OUTCOME = "outcome";

  /** More bytes than the last line's gzip member: one outcome and one reason. */
  private static final int LONGEST_LAST_MEMBER = 1024;

  /** A batch of 50 ids has 1,200 characters. */
  private static final int LONGEST_REQUEST = 4096;

  /** The requests that this version sends; the responses to others are unknown. */
  private static final Pattern KNOWN_REQUEST =
      Pattern.compile(
          "GET /v1/(?:me(?:/(?:playlists|tracks))?|playlists/[\\w-]{1,64}(?:/(?:tracks|items))?"
              + "|(?:albums|artists)(?:/[\\w-]{1,64})?)"
              + "(?:\\?(?:(?:offset|limit)=\\d{1,9}(?:&|$)"
              + "|(?!offset=|limit=)(?:[\\w.~:@!$'()*+,;=-]++|%[0-9A-Fa-f]{2})*+(?:&|$))*+)?");

  /** A stored response is one string, however long it is. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  public RawObject {
    attempts = List.copyOf(attempts);
  }

  /** An object of which nothing is stored. */
  public static RawObject absent(Reason reason) {
    return new RawObject(List.of(), RawOutcome.NONE, reason);
  }

  /** The name of a stored object, from its path. */
  static String nameOf(String path) {
    String file = LakeFiles.fileName(path);
    return file.substring(0, file.length() - SUFFIX.length());
  }

  /** The attempts that a run made, by its start: what {@code run.requests} counts. */
  public long attemptsSince(Instant startedAt) {
    return attempts.stream().filter(attempt -> !attempt.fetchedAt().isBefore(startedAt)).count();
  }

  /** When the last attempt ended; the epoch if there was none. */
  public Instant lastAttemptAt() {
    return attempts.isEmpty() ? Instant.EPOCH : attempts.get(attempts.size() - 1).fetchedAt();
  }

  /**
   * Reads an object that this run has stored or has found whole.
   *
   * @throws IllegalStateException if it is cut short
   */
  public static RawObject readWhole(String path) {
    return read(path)
        .orElseThrow(() -> new IllegalStateException("stored, but cut short: " + path));
  }

  /** Reads an object that may be damaged or missing, which makes it a gap. */
  public static RawObject readOrAbsent(String path) {
    Optional<RawObject> stored = path.isEmpty() ? Optional.empty() : read(path);
    return stored.orElseGet(() -> absent(Reason.NOTHING_TO_CARRY));
  }

  /** Reads a stored object; empty if its last line is missing. */
  public static Optional<RawObject> read(String path) {
    // From memory: only an input that reports what remains is read through all gzip members.
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(LakeFiles.read(path)));
        JsonParser json = JSON.createParser(in)) {
      List<RawAttempt> attempts = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> line = new HashMap<>();
        Map<String, String> headers = new TreeMap<>();
        readLine(json, line, headers);
        if (line.containsKey(OUTCOME)) {
          // The last checksum is compared only at the end.
          return json.nextToken() == null ? Optional.of(ended(attempts, line)) : Optional.empty();
        }
        attempts.add(attempt(line, headers));
      }
      return Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      // Cut short, damaged, or of a version with other values.
      return Optional.empty();
    }
  }

  private static RawObject ended(List<RawAttempt> attempts, Map<String, String> line) {
    String reason = line.get("reason");
    return new RawObject(
        attempts,
        RawOutcome.valueOf(line.getOrDefault(OUTCOME, "")),
        reason == null ? null : new Reason(reason));
  }

  /**
   * Whether an object's last line is there. What comes before that line is not read, and may still
   * be damaged.
   *
   * @throws LakeException if storage fails
   */
  static boolean isWhole(String path) {
    return !lastLine(path).isEmpty() || read(path).isPresent();
  }

  /**
   * How an object ended, by its last line alone if that can be read: the object without its
   * attempts. Empty if it is cut short.
   *
   * @throws LakeException if storage fails
   */
  static Optional<RawObject> end(String path) {
    Map<String, String> line = lastLine(path);
    boolean known =
        Arrays.stream(RawOutcome.values())
            .anyMatch(outcome -> outcome.name().equals(line.get(OUTCOME)));
    return known ? Optional.of(ended(List.of(), line)) : read(path);
  }

  /**
   * The last line, from the object's end alone; empty if the object is cut short or was compressed
   * by other software. The line is a separate gzip member, and nothing points to its start: it is
   * the last position from which the rest can be decompressed.
   */
  private static Map<String, String> lastLine(String path) {
    byte[] end = LakeFiles.readEnd(path, LONGEST_LAST_MEMBER);
    Map<String, String> line = Map.of();
    for (int from = end.length - 1; from >= 0 && line.isEmpty(); from--) {
      line = lastLine(end, from);
    }
    return line;
  }

  private static Map<String, String> lastLine(byte[] end, int from) {
    try (InputStream in =
            new GZIPInputStream(new ByteArrayInputStream(end, from, end.length - from));
        JsonParser json = JSON.createParser(in)) {
      Map<String, String> line = new HashMap<>();
      if (json.nextToken() == JsonToken.START_OBJECT) {
        readLine(json, line, new TreeMap<>());
      }
      return line.containsKey(OUTCOME) && json.nextToken() == null ? line : Map.of();
    } catch (IOException e) {
      // No member begins here, or not the last one.
      return Map.of();
    }
  }

  private static RawAttempt attempt(Map<String, String> line, Map<String, String> headers) {
    String status = line.get("status");
    String request = line.getOrDefault("request", "");
    if (request.length() > LONGEST_REQUEST || !KNOWN_REQUEST.matcher(request).matches()) {
      throw new IllegalArgumentException("not a request of this version: " + request);
    }
    return new RawAttempt(
        request,
        status == null ? null : Integer.valueOf(status),
        Instant.parse(line.getOrDefault("fetched_at", Instant.EPOCH.toString())),
        headers,
        line.get("body"),
        RawAttempt.Role.of(line.get("role")));
  }

  private static void readLine(
      JsonParser json, Map<String, String> line, Map<String, String> headers) throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value == JsonToken.START_OBJECT) {
        readLine(json, headers, headers);
      } else if (value != JsonToken.VALUE_NULL) {
        line.put(name, json.getText());
      }
    }
  }

  /**
   * A subject's responses before they are stored. Each attempt arrives compressed, as a separate
   * gzip member, so that a playlist of 10,000 items takes a few hundred kilobytes of memory.
   */
  public static final class Draft {
    private final List<byte[]> members = new ArrayList<>();

    /** Adds an attempt in its compressed form. */
    public void add(byte[] compressed) {
      members.add(compressed);
    }

    /** Stores the object, last line included. */
    public void write(String path, String aside, RawOutcome outcome, @Nullable Reason reason) {
      byte[] last =
          line(
              json -> {
                json.writeStringField(OUTCOME, outcome.name());
                json.writeStringField("reason", reason == null ? null : reason.name());
              });
      LakeFiles.write(
          path,
          aside,
          out -> {
            for (byte[] member : members) {
              out.write(member);
            }
            out.write(last);
          });
    }
  }

  /** An attempt as it is stored: a line of JSON, compressed. */
  public static byte[] compress(RawAttempt attempt) {
    return line(
        json -> {
          json.writeStringField("request", attempt.request());
          json.writeFieldName("status");
          if (attempt.status() == null) {
            json.writeNull();
          } else {
            json.writeNumber(attempt.status());
          }
          json.writeStringField("fetched_at", attempt.fetchedAt().toString());
          json.writeObjectFieldStart("headers");
          for (Map.Entry<String, String> header : new TreeMap<>(attempt.headers()).entrySet()) {
            json.writeStringField(header.getKey(), header.getValue());
          }
          json.writeEndObject();
          json.writeStringField("body", attempt.body());
          if (attempt.role() != null) {
            json.writeStringField("role", attempt.role().stored());
          }
        });
  }

  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  static byte[] line(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new FastGzip(bytes);
        JsonGenerator json = JSON.createGenerator(gzip)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to write", e);
    }
    return bytes.toByteArray();
  }

  /** The level that keeps two cores ahead of sixteen requests in flight. */
  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
