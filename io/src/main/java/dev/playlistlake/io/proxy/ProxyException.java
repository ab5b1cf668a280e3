package dev.playlistlake.io.proxy;

import java.io.IOException;

/** A proxy is set wrongly, or does not let a connection through; the message has no password. */
public final class ProxyException extends IOException {
  public ProxyException(String message) {
    super(message);
  }

  public ProxyException(String message, Throwable cause) {
    super(message, cause);
  }
}
