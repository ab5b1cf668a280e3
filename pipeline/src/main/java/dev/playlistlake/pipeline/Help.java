package dev.playlistlake.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts of {@code --help}. */
final class Help {
  private Help() {}

  /** Of a command; that of {@code help} is the program's own. */
  static String of(Command command) {
    return text(command == Command.HELP ? "help.txt" : "help-" + command.word() + ".txt");
  }

  private static String text(String name) {
    try (InputStream in = Help.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
