package dev.playlistlake.pipeline;

import dev.playlistlake.io.sample.Dialect;
import java.util.stream.Stream;

/**
 * In which dialects long tests are run: that of newer apps, and both with {@code
 * -Dplaylistlake.long=true}.
 */
public final class Dialects {
  private Dialects() {}

  public static Stream<Dialect> tried() {
    return Stream.of(Dialect.values())
        .filter(
            dialect -> Boolean.getBoolean("playlistlake.long") || dialect == Dialect.RESTRICTED);
  }
}
