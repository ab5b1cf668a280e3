package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakePath;
import java.time.Instant;
import java.util.Optional;

/** A file of a table that bears the name of the run that wrote it: data, or the run's row. */
public record RunFile(LakePath name, LakeFiles.Found found) {

  /** What a found file is; empty where its name is none that runs give. */
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

  /** The folder it lies in. */
  public String folder() {
    return path().substring(0, path().lastIndexOf('/'));
  }
}
