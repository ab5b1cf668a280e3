package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakePath;
import java.time.Instant;
import java.util.Optional;

/** A file of a table whose name contains the run that wrote it: data, or the run's row. */
public record RunFile(LakePath name, LakeFiles.Found found) {

  /** Classifies a found file; empty if runs do not use its name. */
  public static Optional<RunFile> of(LakeFiles.Found file) {
    return LakePath.parse(file.path()).map(name -> new RunFile(name, file));
  }

  public boolean isRow() {
    return name.table().equals("run");
  }

  public String ingestDate() {
    return name.ingestDate();
  }

  public String runId() {
    return name.runId();
  }

  public String path() {
    return found.path();
  }

  public Instant modifiedAt() {
    return found.modifiedAt();
  }

  /** Its folder. */
  public String folder() {
    return path().substring(0, path().lastIndexOf('/'));
  }
}
