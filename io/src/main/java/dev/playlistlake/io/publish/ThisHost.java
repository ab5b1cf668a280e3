package dev.playlistlake.io.publish;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The name of this host. */
final class ThisHost {
  private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");

  private ThisHost() {}

  /** Its name; null if it has none. Where possible without DNS, which may take its time. */
  static @Nullable String name() {
    try {
      return Files.isReadable(LINUX)
          ? Files.readString(LINUX).strip()
          : InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return null;
    }
  }
}
