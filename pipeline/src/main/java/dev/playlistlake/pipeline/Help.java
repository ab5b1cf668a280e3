package dev.playlistlake.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The texts of {@code --help}. */
final class Help {
  private Help() {}

  /** The help of a command; commands without their own page are on the program's page. */
  static String of(Commands command) {
    return switch (command) {
      case LOGIN, PLAN, QUERY, STATUS -> text("help-" + command.word() + ".txt");
      case RUN, COMPLETION, HELP -> text("help.txt");
    };
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
