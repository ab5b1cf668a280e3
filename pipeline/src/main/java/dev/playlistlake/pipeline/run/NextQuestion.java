package dev.playlistlake.pipeline.run;

import java.util.regex.Pattern;

/** An example query command, written for the way the program was started. */
final class NextQuestion {
  private static final String REPORT = "top_artists";
  private static final Pattern PLAIN = Pattern.compile("[\\w./:@%+,-]+");
  private static final String JAR = "playlist-lake.jar";

  private NextQuestion() {}

  /** A query for a lake, started like this process. */
  static String to(String lake) {
    return to(lake, System.getProperty("sun.java.command", ""));
  }

  /**
   * As above.
   *
   * @param started what the JVM runs: a jar or a class, then its arguments
   */
  static String to(String lake, String started) {
    if (lake.startsWith("s3://")) {
      return "aws s3 sync %s ./lake --exclude 'raw/*' && %s"
          .formatted(quoted(lake), to("./lake", started));
    }
    String query = "query --lake=%s --report=%s".formatted(quoted(lake), REPORT);
    String program = started.split(" ", 2)[0];
    if (program.startsWith("org.codehaus.plexus.classworlds")) {
      return "mvn -q compile exec:java -Dexec.args=\"" + query + "\"";
    }
    // The jar for Flink has no DuckDB, and a command line started by Flink names no jar.
    boolean isOurs = program.endsWith("/" + JAR) || program.equals(JAR);
    return "java -jar " + quoted(isOurs ? program : JAR) + " " + query;
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
