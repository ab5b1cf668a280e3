package dev.playlistlake.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports for the processes that tests start. */
public final class Ports {
  private Ports() {}

  /**
   * A port without a listener right now.
   *
   * @throws IOException if there is none
   */
  public static int free() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, /* backlog= */ 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
