package dev.playlistlake.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The real jar in a process of its own, with an empty home and nothing in its environment but what
 * a test puts there.
 */
public record JarRun(int exitCode, List<String> out, List<String> err) {
  public static final Path EVERYTHING = Path.of("target", "playlist-lake.jar").toAbsolutePath();
  static final Path FOR_FLINK = Path.of("target", "playlist-lake-flink.jar").toAbsolutePath();

  /** What runs this process, for others. */
  static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final Pattern BROUGHT_BY_FLINK =
      Pattern.compile(
          "/org/apache/(flink|logging)/|/org/(slf4j|objenesis)/|/com/(esotericsoftware|twitter)/");
  private static final long MOST_SECONDS = 120;

  /**
   * The runners that a test of real processes takes: {@code -Dplaylistlake.long=true} for both.
   * What differs between them is shown in less time within a process.
   */
  static Stream<String> runners() {
    return Boolean.getBoolean("playlistlake.long")
        ? Stream.of("DirectRunner", "FlinkRunner")
        : Stream.of("DirectRunner");
  }

  /** Runs it to its end in a working directory. */
  public static JarRun in(Path directory, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    try (Started started = start(directory, environment, args)) {
      return started.end();
    }
  }

  /** The same of the jar for Flink, which is no program of its own. */
  static JarRun ofFlinks(Path directory, String... args) throws IOException, InterruptedException {
    try (Started started = start(FOR_FLINK, directory, Map.of(), args)) {
      return started.end();
    }
  }

  /** The same beside what Flink brings, without Flink's own command: as a scheduler may ask it. */
  static JarRun besideFlink(Path directory, String... args)
      throws IOException, InterruptedException {
    Stream<String> flinks =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(path -> BROUGHT_BY_FLINK.matcher(path).find());
    String classPath =
        Stream.concat(Stream.of(FOR_FLINK.toString()), flinks)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = java("-cp", classPath, "dev.playlistlake.pipeline.PlaylistLake");
    try (Started started = start(command, directory, Map.of(), args)) {
      return started.end();
    }
  }

  /** Starts it in a working directory. */
  static Started start(Path directory, Map<String, String> environment, String... args)
      throws IOException {
    return start(EVERYTHING, directory, environment, args);
  }

  private static Started start(
      Path jar, Path directory, Map<String, String> environment, String... args)
      throws IOException {
    return start(java("-jar", jar.toString()), directory, environment, args);
  }

  private static Started start(
      List<String> program, Path directory, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(args));
    return start(command, directory, environment);
  }

  /** Starts a command that runs it in a way of its own. */
  public static Started start(List<String> command, Path directory, Map<String, String> environment)
      throws IOException {
    Path out = Files.createTempFile(directory, "run", ".out");
    Path err = Files.createTempFile(directory, "run", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().put("HOME", directory.toString());
    builder.environment().putAll(environment);
    return new Started(builder.start(), out, err);
  }

  /** A process under way; closing it kills what is left of it. */
  public record Started(Process process, Path out, Path err) implements AutoCloseable {
    /** Waits for its end. */
    public JarRun end() throws IOException, InterruptedException {
      if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still running after " + MOST_SECONDS + " s: " + process.info());
      }
      return new JarRun(process.exitValue(), Files.readAllLines(out), Files.readAllLines(err));
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  /** A command that others may be added to. For a short life, compiling well costs too much. */
  public static List<String> java(String... more) {
    List<String> command = new ArrayList<>();
    command.add(JAVA);
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of(more));
    return command;
  }

  /** The run's row: the last line of stdout. */
  public JsonNode row() throws IOException {
    if (out.isEmpty()) {
      throw new AssertionError("nothing on stdout; stderr: " + String.join("\n", err));
    }
    return new ObjectMapper().readTree(out.get(out.size() - 1));
  }
}
