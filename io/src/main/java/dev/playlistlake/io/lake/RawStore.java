package dev.playlistlake.io.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The day's stored answers of one kind: what is asked is stored here before anything else sees it,
 * and what is here with a final outcome is not asked again today.
 */
public final class RawStore implements Serializable {
  private static final String SUFFIX = ".jsonl.gz";

  private final LakeLayout layout;
  private final String kind;

  /** The answers of a kind: {@code playlist}, {@code album} or {@code artist}. */
  public RawStore(LakeLayout layout, String kind) {
    this.layout = layout;
    this.kind = kind;
  }

  /** Where a subject's object lies. */
  public String path(String name) {
    return layout.raw(kind) + "/" + name + SUFFIX;
  }

  /** Names of all stored objects. */
  public Set<String> names() {
    Set<String> names = new HashSet<>();
    for (String path : LakeFiles.list(path("*"))) {
      String file = LakeFiles.fileName(path);
      names.add(file.substring(0, file.length() - SUFFIX.length()));
    }
    return names;
  }

  /** A stored object; empty where it was cut short. */
  public Optional<RawObject> read(String name) {
    return RawObject.read(path(name));
  }

  /** The object that is stored at this moment; empty where there is none or it was cut short. */
  public Optional<RawObject> find(String name) {
    return LakeFiles.list(path(name)).stream().findFirst().flatMap(RawObject::read);
  }

  /** Stores a finished subject's answers and gives their path. */
  public String write(
      String name, RawObject.Draft draft, RawOutcome outcome, @Nullable Reason reason) {
    String path = path(name);
    draft.write(path, layout.temporary(), outcome, reason);
    return path;
  }

  /** Stores the list of a run: a line an entry as given, with its id or INVALID_ID. */
  public static void writeList(LakeLayout layout, List<ListEntry> entries) {
    LakeFiles.write(
        layout.raw("list") + "/" + layout.runId() + SUFFIX,
        layout.temporary(),
        out -> {
          try (JsonGenerator json = new JsonFactory().createGenerator(new GZIPOutputStream(out))) {
            json.setRootValueSeparator(new SerializedString("\n"));
            for (ListEntry entry : entries) {
              json.writeStartObject();
              json.writeStringField("given", entry.given());
              json.writeStringField("playlist_id", entry.playlistId());
              json.writeStringField(
                  "reason", entry.playlistId() == null ? Reason.INVALID_ID.name() : null);
              json.writeEndObject();
            }
            json.writeRaw('\n');
          }
        });
  }
}
