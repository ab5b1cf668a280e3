package dev.playlistlake.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A day of stored answers replayed by a plain loop, by a Flink cluster in two slots and by the
 * DirectRunner: how long each takes, and the memory at its most. Prints; asserts nothing.
 *
 * <p>Arguments: playlists, items a playlist, distinct songs, a folder that keeps the answers, what
 * to measure ({@code plain,flink,direct}), then flags of the job. docs/performance.md has the
 * command; the jars must have been built.
 */
public final class ReplayBenchmark {
  private static final int SEED = 1;
  private static final String DAY = "2026-11-20";

  private final Path folder;
  private final List<String> flags;

  private ReplayBenchmark(Path folder, List<String> flags) {
    this.folder = folder;
    this.flags = flags;
  }

  public static void main(String[] args) throws Exception {
    int playlists = Integer.parseInt(args[0]);
    int items = Integer.parseInt(args[1]);
    int songs = Integer.parseInt(args[2]);
    ReplayBenchmark benchmark =
        new ReplayBenchmark(
            Path.of(args[3]).toAbsolutePath(), List.of(args).subList(5, args.length));
    benchmark.store(GeneratedCatalog.of(SEED, playlists, items, songs));
    for (String what : args[4].split(",", -1)) {
      switch (what) {
        case "plain" -> benchmark.plain();
        case "flink" -> benchmark.flink();
        case "direct" -> benchmark.direct();
        default -> throw new IllegalArgumentException(what);
      }
    }
  }

  /** Asks the stand-in for everything, once. */
  private void store(GeneratedCatalog catalog) throws Exception {
    if (Files.exists(raw())) {
      return;
    }
    Files.createDirectories(folder);
    Path list =
        JobRun.write(folder.resolve("playlists.txt"), String.join("\n", catalog.playlistIds()));
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults());
        JarRun.Started run =
            start(
                "-Xmx4g",
                "--playlists=" + list,
                "--lake=" + folder.resolve("stored"),
                "--ingestDate=" + DAY,
                "--apiUrl=" + spotify.url(),
                "--accountsUrl=" + spotify.url(),
                "--credentials=sample")) {
      report("stored", new Watch(Map.of("job", run.process())).untilEndOf(run.process()), 0);
    }
  }

  private void plain() throws Exception {
    List<String> command = java("-Xmx2g");
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "dev.playlistlake.io.spotify.parse.PlainReplay",
            raw().resolve("ingest_date=" + DAY).toString(),
            fresh("plain").toString()));
    try (JarRun.Started run = JarRun.start(command, folder, Map.of())) {
      Watch watch = new Watch(Map.of("plain", run.process())).untilEndOf(run.process());
      System.out.print(Files.readString(run.out()) + Files.readString(run.err()));
      report("plain loop", watch, 0);
    }
  }

  private void flink() throws Exception {
    FlinkCluster cluster =
        FlinkCluster.of(FlinkCluster.FLINK_1_20).withJvmFlags(jvmFlags(), "-Xmx2g");
    cluster.start(Files.createDirectories(fresh("flink")));
    try (JarRun.Started run =
        cluster.submit(
            List.of(),
            folder,
            Map.of(),
            replay(fresh("lake-flink"), "--runner=FlinkRunner", "--parallelism=2"))) {
      Map<String, Process> processes = new LinkedHashMap<>(cluster.processes());
      processes.put("submitter", run.process());
      Watch watch = new Watch(processes).untilEndOf(run.process());
      tail(run);
      double seconds = 0;
      for (String job : cluster.jobs()) {
        JsonNode told = cluster.rest("/jobs/" + job);
        seconds = told.path("duration").asLong() / 1e3;
        printTasks(told);
      }
      report("Flink", watch, seconds);
    } finally {
      cluster.stop();
    }
  }

  /** The longest tasks, with what they sent on. */
  private static void printTasks(JsonNode job) {
    List<JsonNode> tasks = new ArrayList<>();
    job.path("vertices").forEach(tasks::add);
    tasks.sort((a, b) -> Long.compare(b.path("duration").asLong(), a.path("duration").asLong()));
    for (JsonNode task : tasks.subList(0, Math.min(12, tasks.size()))) {
      System.out.printf(
          Locale.ROOT,
          "  %6.1f s from %6.1f s, x%d, %,12d bytes out, %,10d records out, %s%n",
          task.path("duration").asLong() / 1e3,
          (task.path("start-time").asLong() - job.path("start-time").asLong()) / 1e3,
          task.path("parallelism").asInt(),
          task.path("metrics").path("write-bytes").asLong(),
          task.path("metrics").path("write-records").asLong(),
          String.format("%.200s", task.path("name").asText().replaceAll("\\s+", " ")));
    }
  }

  private void direct() throws Exception {
    try (JarRun.Started run = start("-Xmx2g", replay(fresh("lake-direct")))) {
      Watch watch = new Watch(Map.of("job", run.process())).untilEndOf(run.process());
      tail(run);
      report("DirectRunner", watch, 0);
    }
  }

  private String[] replay(Path lake, String... more) {
    List<String> args = new ArrayList<>(List.of(more));
    args.add("--from=raw:" + raw());
    args.add("--ingestDate=" + DAY);
    args.add("--lake=" + lake);
    args.addAll(flags);
    return args.toArray(new String[0]);
  }

  private Path raw() {
    return folder.resolve("stored/raw");
  }

  private Path fresh(String name) throws IOException {
    return Files.createTempDirectory(folder, name + "-").resolve(name);
  }

  private JarRun.Started start(String memory, String... args) throws IOException {
    List<String> command = java(memory);
    command.addAll(List.of("-jar", JarRun.EVERYTHING.toString()));
    command.addAll(List.of(args));
    return JarRun.start(command, folder, Map.of());
  }

  private static List<String> java(String memory) {
    List<String> command = new ArrayList<>();
    command.add(JarRun.JAVA);
    command.add(memory);
    command.addAll(jvmFlags());
    return command;
  }

  /** Of all that is measured: {@code -Dplaylistlake.jvm} adds some, like a flight recording. */
  private static List<String> jvmFlags() {
    List<String> flags = new ArrayList<>(List.of("-XX:+UseParallelGC"));
    String more = System.getProperty("playlistlake.jvm", "");
    flags.addAll(more.isEmpty() ? List.of() : List.of(more.split(" ", -1)));
    return flags;
  }

  private static void tail(JarRun.Started run) throws IOException {
    List<String> out = Files.readAllLines(run.out());
    System.out.println(out.isEmpty() ? Files.readString(run.err()) : out.get(out.size() - 1));
  }

  private static void report(String what, Watch watch, double jobSeconds) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s from start to end of the process%s; MB at most: %s%n",
        what,
        watch.seconds,
        jobSeconds == 0 ? "" : String.format(Locale.ROOT, ", %.1f s of them the job", jobSeconds),
        watch.peakMegabytes);
  }

  /** The resident memory of processes, at its most, until one of them ends. */
  private static final class Watch {
    private final Map<String, Process> processes;
    private final Map<String, Long> peakMegabytes = new TreeMap<>();
    private final long start = System.nanoTime();
    private double seconds;

    Watch(Map<String, Process> processes) {
      this.processes = processes;
    }

    Watch untilEndOf(Process last) throws InterruptedException, IOException {
      do {
        for (var process : processes.entrySet()) {
          long megabytes = peakMegabytes(process.getValue());
          peakMegabytes.merge(process.getKey(), megabytes, Math::max);
        }
      } while (!last.waitFor(100, TimeUnit.MILLISECONDS));
      seconds = (System.nanoTime() - start) / 1e9;
      if (last.exitValue() != 0) {
        throw new IllegalStateException("ended with " + last.exitValue());
      }
      return this;
    }

    private static long peakMegabytes(Process process) throws IOException {
      Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
      if (!process.isAlive() || !Files.exists(status)) {
        return 0;
      }
      try {
        return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
            .findFirst()
            .orElse(0);
      } catch (IOException e) {
        // It has ended between the two looks.
        return 0;
      }
    }
  }
}
