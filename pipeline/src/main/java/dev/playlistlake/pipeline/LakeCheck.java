package dev.playlistlake.pipeline;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tries whether the lake can be written, before anything is asked for it. */
final class LakeCheck {
  private LakeCheck() {}

  /** What is wrong with the place, in words for the user; empty where nothing is. */
  static Optional<String> problem(LakeLayout layout) {
    if (!layout.root().startsWith("s3://")) {
      Optional<String> problem = localProblem(layout.root());
      if (problem.isPresent()) {
        return problem;
      }
    }
    String probe = layout.temporary() + "/probe";
    try {
      LakeFiles.write(probe, layout.temporary(), out -> out.write('.'));
      LakeFiles.delete(List.of(probe));
      LakeFiles.deleteTree(layout.temporary());
      return Optional.empty();
    } catch (LakeException e) {
      return Optional.of(words(layout.root(), e));
    }
  }

  private static Optional<String> localProblem(String root) {
    try {
      Path path = Path.of(root).toAbsolutePath();
      for (Path part = path; part != null; part = part.getParent()) {
        if (Files.exists(part)) {
          return Files.isDirectory(part)
              ? Optional.empty()
              : Optional.of("'" + part + "' is a file; give a folder or s3://bucket/prefix");
        }
      }
      return Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of("'" + root + "' is no path: " + e.getReason());
    }
  }

  private static String words(String root, LakeException e) {
    return "'" + root + "' cannot be written: " + reason(String.valueOf(e.getMessage()));
  }

  /** The usual mishaps in our words; the SDK's fill a page. */
  private static String reason(String cause) {
    if (cause.contains("NoSuchBucket") || cause.contains("Status Code: 404")) {
      return "the bucket does not exist, create it first";
    } else if (cause.contains("Unable to load credentials")) {
      return "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a"
          + " role";
    } else if (cause.contains("Unable to load region")) {
      return "no AWS region: give --awsRegion";
    } else if (cause.contains("Status Code: 403")) {
      return "these AWS credentials are wrong or may not write there (" + cause + ")";
    }
    return cause;
  }
}
