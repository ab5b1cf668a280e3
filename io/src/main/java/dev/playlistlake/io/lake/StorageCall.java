package dev.playlistlake.io.lake;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Calls storage, and turns its exceptions into a {@link LakeException}. Everything else is a bug,
 * of a callback or of ours, and passes through.
 *
 * <p>Storage throws {@link IOException} and the AWS SDK's {@link SdkException}: Beam's S3 file
 * system wraps some of the SDK's exceptions and passes on others unchanged (reading wraps {@code
 * SdkClientException} but not the {@code S3Exception} of a refusal).
 */
final class StorageCall {
  private StorageCall() {}

  /** A call with a result. */
  interface Value<T> {
    T get() throws IOException;
  }

  /** A call without one. */
  interface Action {
    void run() throws IOException;
  }

  /**
   * Makes a call.
   *
   * @param failing how the message of a failure begins
   * @param permission what S3 requires, named if S3 denies it without naming it
   * @throws LakeException if storage fails
   */
  static <T> T get(String failing, String permission, Value<T> call) {
    try {
      return call.get();
    } catch (IOException | SdkException e) {
      String words = LakeFiles.words(e);
      String denied =
          words.contains("Status Code: 403") && !words.contains("not authorized to perform")
              ? " (denied: " + permission + ")"
              : "";
      throw new LakeException(failing + ": " + words + denied, e);
    }
  }

  /** As above. */
  static void run(String failing, String permission, Action call) {
    Boolean unused =
        get(
            failing,
            permission,
            () -> {
              call.run();
              return true;
            });
  }

  /**
   * A file as Beam identifies it.
   *
   * @throws IOException if Beam has no file system for the path, or that one rejects it: users type
   *     paths
   */
  static ResourceId resource(String path) throws IOException {
    try {
      return FileSystems.matchNewResource(path, false);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new IOException(e);
    }
  }

  /**
   * Gives a file another name.
   *
   * @throws IOException if storage fails; Beam's local file system says by an
   *     IllegalArgumentException that it cannot make a folder
   */
  static void rename(ResourceId from, ResourceId to) throws IOException {
    try {
      FileSystems.rename(List.of(from), List.of(to));
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
