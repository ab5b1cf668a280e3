package dev.playlistlake.io.lake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.util.MimeTypes;

/** Writes files so that readers see all or nothing (decision 26). */
final class AtomicWrite {
  private AtomicWrite() {}

  /**
   * As described at {@link LakeFiles#write} and {@link LakeFiles#writeDurably}.
   *
   * @throws LakeException if storage fails
   */
  static void write(String path, String aside, LakeFiles.Body body, boolean durably) {
    StorageCall.run(
        "cannot write " + path,
        "s3:PutObject",
        () -> {
          ResourceId target = StorageCall.resource(path);
          boolean upload = "s3".equals(target.getScheme());
          if (upload) {
            fill(target, /* upload= */ true, body);
            return;
          }
          ResourceId written = StorageCall.resource(aside + "/" + UUID.randomUUID());
          fill(written, /* upload= */ false, body);
          if (durably) {
            force(written);
          }
          StorageCall.rename(written, target);
          if (durably) {
            forceFolders(path, aside);
          }
        });
  }

  private static void fill(ResourceId file, boolean upload, LakeFiles.Body body)
      throws IOException {
    WritableByteChannel channel = FileSystems.create(file, MimeTypes.BINARY);
    boolean whole = false;
    try {
      writeKeepingOpen(Channels.newOutputStream(channel), body);
      whole = true;
    } finally {
      // Closing completes an upload: an incomplete one must never be closed.
      if (whole || !upload) {
        channel.close();
      }
    }
  }

  /** A body may close its output; S3's channel fails when it is closed a second time. */
  private static void writeKeepingOpen(OutputStream out, LakeFiles.Body body) throws IOException {
    OutputStream open =
        new BufferedOutputStream(out) {
          @Override
          public void close() throws IOException {
            flush();
          }
        };
    body.writeTo(open);
    open.flush();
  }

  /**
   * Includes folders that existed: another thread may have created them and not forced them yet.
   * The last one is the folder that contains the lake's name.
   */
  private static void forceFolders(String path, String aside) throws IOException {
    String lake = parent(path);
    while (!lake.isEmpty() && !aside.startsWith(lake + "/")) {
      lake = parent(lake);
    }
    for (String folder = parent(path); folder.length() > lake.length(); folder = parent(folder)) {
      force(FileSystems.matchNewResource(folder, true));
    }
    for (String folder : new String[] {lake, parent(lake)}) {
      if (!folder.isEmpty()) {
        force(FileSystems.matchNewResource(folder, true));
      }
    }
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  private static void force(ResourceId resource) throws IOException {
    if (resource instanceof Forcible forcible) {
      forcible.force();
    } else if ("file".equals(resource.getScheme())) {
      LocalFolders.force(resource.toString());
    }
  }
}
