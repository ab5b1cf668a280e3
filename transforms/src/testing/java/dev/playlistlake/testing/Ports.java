package dev.playlistlake.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for the processes that tests start. */
public final class Ports {
  private static final int LOWEST = 15_000;

  /** Below the range from which Linux takes the ports of clients, which would fill it again. */
  private static final int HIGHEST = 32_000;

  private static final int ATTEMPTS = 100;

  private Ports() {}

  /**
   * A port without a listener right now, which no client gets by chance before the process that is
   * to listen there has started.
   *
   * @throws IOException if there is none
   */
  public static int free() throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      try (ServerSocket socket =
          new ServerSocket(port, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Taken: the next one.
      }
    }
    throw new IOException("no free port between " + LOWEST + " and " + HIGHEST);
  }
}
