package dev.playlistlake.io.raw;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import dev.playlistlake.schema.LakePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The stored lists of a day: one line per entry as given, with its id or why it has none. */
public final class RawList {
  private static final String KIND = "list";

  private RawList() {}

  /**
   * Stores the list of a run.
   *
   * @throws LakeException if storage fails
   */
  public static void write(RawDay day, List<ListEntry> entries) {
    LakeFiles.write(
        day.path(KIND, day.runId()),
        day.asideOfWriter(),
        out -> {
          try (JsonGenerator json = new JsonFactory().createGenerator(new GZIPOutputStream(out))) {
            json.setRootValueSeparator(new SerializedString("\n"));
            for (ListEntry entry : entries) {
              json.writeStartObject();
              json.writeStringField("given", entry.given());
              json.writeStringField("playlist_id", entry.playlistId());
              Reason reason = entry.reason();
              json.writeStringField("reason", reason == null ? null : reason.name());
              if (entry.listed()) {
                json.writeBooleanField("listed", true);
              }
              json.writeEndObject();
            }
            json.writeRaw('\n');
          }
        });
  }

  /**
   * The list of a run; empty if it is no longer stored, or torn.
   *
   * @throws LakeException if storage fails
   */
  public static Optional<List<ListEntry>> find(RawDay day) {
    String path = day.path(KIND, day.runId());
    if (LakeFiles.list(path).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(LakeFiles.read(path)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * The list of a run.
   *
   * @throws LakeException if it cannot be read
   */
  public static List<ListEntry> read(RawDay day) {
    String path = day.path(KIND, day.runId());
    byte[] stored = LakeFiles.read(path);
    try {
      return decode(stored);
    } catch (IOException e) {
      throw new LakeException("cannot read the list " + path + ": " + LakeFiles.words(e), e);
    }
  }

  private static List<ListEntry> decode(byte[] stored) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(stored));
        JsonParser json = new JsonFactory().createParser(in)) {
      List<ListEntry> entries = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> line = new HashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String field = json.currentName();
          JsonToken value = json.nextToken();
          if (value == JsonToken.VALUE_STRING || value.isBoolean()) {
            line.put(field, json.getText());
          }
        }
        String reason = line.get("reason");
        entries.add(
            new ListEntry(
                entries.size(),
                line.getOrDefault("given", ""),
                line.get("playlist_id"),
                reason == null ? null : new Reason(reason),
                Boolean.parseBoolean(line.get("listed"))));
      }
      return entries;
    }
  }

  /**
   * The newest run that stored a list among the responses of a day (decision 15).
   *
   * @throws LakeException if storage fails
   */
  public static Optional<String> newestRun(String dayFolder) {
    String pattern = dayFolder + "/" + KIND + "/*" + RawObject.SUFFIX;
    return LakeFiles.list(pattern).stream()
        .map(RawObject::nameOf)
        .filter(RunRows::isRunId)
        .max(String::compareTo);
  }

  /**
   * The days, {@code YYYY-MM-DD}, for which a lake's raw folder has lists.
   *
   * @throws LakeException if storage fails
   */
  public static TreeSet<String> days(String rawFolder) {
    String day = "ingest_date=";
    TreeSet<String> days = new TreeSet<>();
    for (String path : LakeFiles.list(rawFolder + "/" + day + "*/" + KIND + "/*")) {
      int at = path.lastIndexOf(day) + day.length();
      String name = path.substring(at, path.indexOf('/', at));
      if (LakePath.isDay(name)) {
        days.add(name);
      }
    }
    return days;
  }
}
