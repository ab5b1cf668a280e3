package dev.playlistlake.io.lake;

import dev.playlistlake.schema.LakePath;
import java.time.Instant;
import java.util.Optional;

/** A file of a table that bears the name of the run that wrote it: data, or the run's row. */
record RunFile(LakePath name, LakeFiles.Found found) {

  /** What a found file is; empty where its name is none that runs give. */
  static Optional<RunFile> of(LakeFiles.Found file) {
    return LakePath.parse(file.path()).map(name -> new RunFile(name, file));
  }

  boolean isRow() {
    return name.table().equals("run");
  }

  String ingestDate() {
    return name.ingestDate();
  }

  String runId() {
    return name.runId();
  }

  String path() {
    return found.path();
  }

  Instant modifiedAt() {
    return found.modifiedAt();
  }

  /** The folder it lies in. */
  String folder() {
    return path().substring(0, path().lastIndexOf('/'));
  }
}
