package dev.playlistlake.pipeline.login;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;

/** The browser on this machine, if there is one. */
final class Browser {
  private final Map<String, String> environment;

  Browser(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Tries to open an address in it, without waiting for the result. */
  boolean open(URI address) {
    String command = command();
    if (command.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(command, address.toString())
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String command() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.startsWith("mac")) {
      return "open";
    }
    // Without a display xdg-open would start a text browser over our output.
    boolean screen =
        environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
    return screen ? "xdg-open" : "";
  }
}
