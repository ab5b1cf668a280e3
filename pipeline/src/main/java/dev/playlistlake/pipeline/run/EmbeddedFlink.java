package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.beam.runners.flink.FlinkPipelineOptions;

/**
 * A Flink inside this process, for one run. It listens on the loopback interface only and keeps its
 * own files (a library of 22 MB, uploads, spilled data) in one temporary folder, which is removed
 * when the run or, at the latest, the process ends (decision 20).
 */
final class EmbeddedFlink {
  private static final List<String> ADDRESSES =
      List.of(
          "jobmanager.bind-host",
          "jobmanager.rpc.address",
          "rest.address",
          "rest.bind-address",
          "taskmanager.bind-host",
          "taskmanager.host");
  private static final List<String> FOLDERS =
      List.of("io.tmp.dirs", "process.working-dir", "web.tmpdir", "web.upload.dir");

  /** Threads of Flink's actor systems. */
  private static final Pattern THREADS = Pattern.compile("flink-(pekko|metrics|scheduler)");

  private static final Duration LONGEST_END = Duration.ofSeconds(10);

  private final Path folder;
  private final Thread atExit;

  private EmbeddedFlink(Path folder) {
    this.folder = folder;
    this.atExit = new Thread(this::close, "embedded-flink");
  }

  /**
   * Configures Flink for a run in this process. The user's own configuration folder takes
   * precedence.
   */
  static EmbeddedFlink configure(FlinkPipelineOptions options) {
    try {
      EmbeddedFlink flink =
          new EmbeddedFlink(Files.createTempDirectory("playlist-lake-flink-").toRealPath());
      Runtime.getRuntime().addShutdownHook(flink.atExit);
      if (options.getFlinkConfDir() == null) {
        flink.write();
        options.setFlinkMaster("[local]");
        options.setFlinkConfDir(flink.folder.toString());
      }
      return flink;
    } catch (IOException e) {
      throw new LakeException(
          "the folder for temporary files cannot be written ("
              + LakeFiles.words(e)
              + "); name another one by java -Djava.io.tmpdir=FOLDER",
          e);
    }
  }

  private void write() throws IOException {
    List<String> lines = new ArrayList<>();
    ADDRESSES.forEach(key -> lines.add(key + ": 127.0.0.1"));
    FOLDERS.forEach(key -> lines.add(key + ": " + folder));
    if (EmbeddedFlink.class.getClassLoader() != ClassLoader.getSystemClassLoader()) {
      // Under exec:java, Java's own class loader has only Maven's classes, and tasks use it unless
      // the job has a class path. With one, they get a loader whose parent loaded this program.
      lines.add("pipeline.classpaths: " + folder.toUri());
    }
    Files.write(folder.resolve("flink-conf.yaml"), lines);
  }

  /**
   * Waits for the end of Flink, which the end of a job only begins, then removes what it wrote. A
   * process that ends before Flink prints a trace: Flink's own hook no longer finds its classes.
   */
  void end() {
    long latest = System.nanoTime() + LONGEST_END.toNanos();
    try {
      while (isRunning() && System.nanoTime() < latest) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    close();
  }

  private static boolean isRunning() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> THREADS.matcher(thread.getName()).lookingAt());
  }

  /** Removes what Flink wrote, as far as possible: its threads may still be running. */
  private void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // The rest is removed when the process ends.
      return;
    }
  }
}
