package dev.playlistlake.pipeline.job;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import dev.playlistlake.io.lake.LakeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that the lake is writable before the first request. */
public final class LakeCheck {
  private static final Logger LOG = LoggerFactory.getLogger(LakeCheck.class);
  private static final Pattern NO_CONNECTION =
      Pattern.compile("Unable to execute HTTP request|UnknownHostException|Connection refused");
  private static final Pattern DENIED_ACTION =
      Pattern.compile("(?:denied|not authorized to perform): (s3:\\w+)");
  private static final String DISK_FULL = "No space left on device";

  private LakeCheck() {}

  /**
   * What is wrong with the lake's location, as a message; empty if nothing is.
   *
   * @param lookOnly whether to leave a folder untouched: there will be no run
   * @throws LakeException if the disk is full
   */
  static Optional<String> problem(LakeLayout layout, boolean lookOnly) {
    boolean local = !layout.root().startsWith("s3://");
    if (local) {
      Optional<String> problem = localProblem(layout.root());
      if (problem.isPresent() || lookOnly) {
        return problem;
      }
    }
    List<Path> missing = local ? missing(Path.of(layout.root()).toAbsolutePath()) : List.of();
    String probe = layout.temporary() + "/probe";
    try {
      LakeFiles.write(probe, layout.temporary(), out -> out.write('.'));
      LakeFiles.delete(List.of(probe));
      LakeFiles.deleteTree(layout.temporary());
      return Optional.empty();
    } catch (LakeException e) {
      removeEmpty(missing, layout);
      if (String.valueOf(e.getMessage()).contains(DISK_FULL)) {
        // The location and the flag are right: storage failed.
        throw e;
      }
      return Optional.of(words(layout.root(), e));
    }
  }

  /** The same for a location that is only read and need not hold a lake yet. */
  static Optional<String> problemOfReader(LakeLayout layout) {
    if (!layout.root().startsWith("s3://")) {
      return localProblem(layout.root());
    }
    try {
      LakeFiles.list(layout.runFiles());
      return Optional.empty();
    } catch (LakeException e) {
      return Optional.of(
          "'"
              + layout.root()
              + "' cannot be read: "
              + usualMishap(e, /* writing= */ false).orElseThrow(() -> e));
    }
  }

  /** The missing folders that a lake here would create, deepest first. */
  private static List<Path> missing(Path root) {
    List<Path> missing = new ArrayList<>();
    for (Path part = root; part != null && !Files.exists(part); part = part.getParent()) {
      missing.add(part);
    }
    return missing;
  }

  /** Removes the empty folders of a lake that was not created. */
  private static void removeEmpty(List<Path> made, LakeLayout layout) {
    try {
      LakeFiles.deleteTree(layout.temporary());
      for (Path folder : made) {
        Files.deleteIfExists(folder);
      }
    } catch (LakeException | IOException e) {
      LOG.debug("what was made to try the lake stays", e);
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
    return "'"
        + root
        + "' cannot be written: "
        + usualMishap(e, /* writing= */ true).orElse(String.valueOf(e.getMessage()));
  }

  /** A short message for a common S3 error, since the SDK's fill a page; empty for any other. */
  public static Optional<String> usualMishap(Exception e, boolean writing) {
    String cause = String.valueOf(e.getMessage());
    if (NO_CONNECTION.matcher(cause).find()) {
      return Optional.of("no connection: check --endpoint and the network (" + cause + ")");
    } else if (cause.contains("Unable to unmarshall")) {
      return Optional.of("no S3 service answers there: check --endpoint (" + cause + ")");
    } else if (cause.contains("NoSuchBucket") || cause.contains("Status Code: 404")) {
      return Optional.of("the bucket does not exist" + (writing ? ", create it first" : ""));
    } else if (cause.contains("Unable to load credentials")) {
      return Optional.of(
          "no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, a profile, or a"
              + " role");
    } else if (cause.contains("Unable to load region")) {
      return Optional.of("no AWS region: give --awsRegion");
    } else if (cause.contains("Status Code: 403")) {
      Matcher action = DENIED_ACTION.matcher(cause);
      return Optional.of(
          "these AWS credentials are wrong or lack %s (%s)"
              .formatted(action.find() ? action.group(1) : "a right", cause));
    }
    return Optional.empty();
  }
}
