package dev.playlistlake.transforms.offender;

import dev.playlistlake.pipeline.job.LakeOptions;
import java.nio.file.Path;

/** Breaks several rules on purpose. */
public record ReadsFiles(Path path, LakeOptions options) {}
