package dev.playlistlake.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Flink cluster of real processes on this machine: a JobManager and two TaskManagers, each with
 * two slots. Jobs are submitted as users do it, by Flink's own command line.
 */
final class FlinkCluster implements BeforeAllCallback, AfterAllCallback {
  /** Of EMR 7.6 and later. */
  static final String FLINK_1_20 = "1.20.0";

  /** Of EMR 7.4 and 7.5. */
  static final String FLINK_1_19 = "1.19.1";

  private static final int TASK_MANAGERS = 2;
  private static final Duration MOST = Duration.ofMinutes(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  /** What Flink's scripts open of Java 17, as far as its processes ask for it here. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks",
          "sun.nio.ch");

  private final String version;
  private final Map<String, String> workersEnvironment;
  private final List<String> jvmFlags;
  private final String workersHeap;
  private final Map<String, Process> processes = new LinkedHashMap<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private Path folder = Path.of("none yet");
  private int restPort;

  private FlinkCluster(
      String version,
      Map<String, String> workersEnvironment,
      List<String> jvmFlags,
      String workersHeap) {
    this.version = version;
    this.workersEnvironment = workersEnvironment;
    this.jvmFlags = jvmFlags;
    this.workersHeap = workersHeap;
  }

  /** For short jobs: compiling well would cost more than it gains. */
  static FlinkCluster of(String version) {
    return new FlinkCluster(
        version, Map.of(), List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"), "-Xmx1g");
  }

  /** The same whose workers, and nobody else, have these variables. */
  FlinkCluster whoseWorkersHave(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(workersEnvironment);
    all.putAll(environment);
    return new FlinkCluster(version, all, jvmFlags, workersHeap);
  }

  /** The same with other flags for all JVMs, and the workers' heap ({@code -Xmx...}). */
  FlinkCluster withJvmFlags(List<String> flags, String heap) {
    return new FlinkCluster(version, workersEnvironment, List.copyOf(flags), heap);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    start(Files.createTempDirectory("flink"));
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    stop();
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
    }
  }

  /**
   * Starts all processes, whose files are to be in a folder, and waits until they are ready. Once
   * more on other ports if they do not get there, for example because a port was taken meanwhile.
   */
  void start(Path in) throws IOException, InterruptedException {
    try {
      startOnce(in);
    } catch (AssertionError e) {
      System.out.println(e.getMessage() + "; starting the cluster once more");
      stop();
      startOnce(Files.createDirectories(in.resolve("again")));
    }
  }

  private void startOnce(Path in) throws IOException, InterruptedException {
    this.folder = in;
    this.restPort = Ports.free();
    Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("log"));
    Files.writeString(folder.resolve("conf/config.yaml"), config(Ports.free()));
    Files.writeString(folder.resolve("conf/log4j.properties"), LOG4J);
    startJobManager();
    for (int number = 1; number <= TASK_MANAGERS; number++) {
      startTaskManager("tm" + number);
    }
    awaitTaskManagers();
  }

  /** Waits until the JobManager knows all of them. */
  void awaitTaskManagers() throws IOException, InterruptedException {
    try {
      await(
          "all TaskManagers",
          () -> rest("/overview").path("taskmanagers").asInt() == TASK_MANAGERS);
    } catch (AssertionError e) {
      StringBuilder message = new StringBuilder(e.getMessage());
      for (Map.Entry<String, Process> process : processes.entrySet()) {
        message.append("; ").append(process.getKey());
        message.append(process.getValue().isAlive() ? " lives: " : " is dead: ");
        message.append(lastLine(process.getKey()));
      }
      throw new AssertionError(message.toString(), e);
    }
  }

  private String lastLine(String name) throws IOException {
    Path log = folder.resolve("log/" + name + ".log");
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return lines.isEmpty() ? "no log" : lines.get(lines.size() - 1);
  }

  /** Ends all processes; those that do not go by themselves are killed. */
  void stop() {
    processes.values().forEach(Process::destroy);
    for (Process process : processes.values()) {
      try {
        process.waitFor(5, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      process.destroyForcibly();
    }
    processes.clear();
  }

  /** Starts the JobManager anew, who knows nothing of earlier jobs. */
  void startJobManager() throws IOException {
    launch(
        "jm",
        Map.of(),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
        "-Xmx768m",
        "--executionMode",
        "cluster");
  }

  void startTaskManager(String name) throws IOException {
    launch(
        name,
        workersEnvironment,
        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
        workersHeap,
        "-Dtaskmanager.resource-id=" + name);
  }

  /** The process of {@code jm}, {@code tm1} or {@code tm2}. */
  Process process(String name) {
    Process process = processes.get(name);
    if (process == null) {
      throw new IllegalArgumentException("no process " + name);
    }
    return process;
  }

  /** All of them, by name. */
  Map<String, Process> processes() {
    return Map.copyOf(processes);
  }

  /** As {@code kill -9} does it. */
  void kill(String name) throws InterruptedException {
    process(name).destroyForcibly().waitFor();
  }

  /** Submits the job and waits until the command is through. */
  JarRun run(Path directory, Map<String, String> environment, String... args)
      throws IOException, InterruptedException {
    try (JarRun.Started started = submit(List.of(), directory, environment, args)) {
      return started.end();
    }
  }

  /**
   * {@code flink run}.
   *
   * @param flinks flags of Flink's command
   * @param environment of the command; the workers have their own
   * @param args of the job
   */
  JarRun.Started submit(
      List<String> flinks, Path directory, Map<String, String> environment, String... args)
      throws IOException {
    List<String> command = java("cli");
    command.add("org.apache.flink.client.cli.CliFrontend");
    command.add("run");
    command.addAll(flinks);
    command.addAll(List.of("-m", "127.0.0.1:" + restPort));
    command.addAll(List.of("-c", "dev.playlistlake.pipeline.PlaylistLake"));
    command.add(JarRun.FOR_FLINK.toString());
    command.addAll(List.of(args));
    Map<String, String> all = new HashMap<>(environment);
    all.put("FLINK_CONF_DIR", folder.resolve("conf").toString());
    return JarRun.start(command, directory, all);
  }

  /** An answer of the REST interface, from which Flink's web page is made. */
  JsonNode rest(String path) {
    try {
      return new ObjectMapper().readTree(text(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same as text. */
  String text(String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + path))
              .timeout(Duration.ofSeconds(10))
              .build();
      return body(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Gives a jar to the JobManager; returns the name under which it has it. */
  String upload(Path jar) throws IOException, InterruptedException {
    String boundary = "----the-jar----";
    String head =
        """
        --%s\r
        Content-Disposition: form-data; name="jarfile"; filename="%s"\r
        Content-Type: application/x-java-archive\r
        \r
        """
            .formatted(boundary, jar.getFileName());
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/jars/upload"))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(
                HttpRequest.BodyPublishers.concat(
                    HttpRequest.BodyPublishers.ofString(head),
                    HttpRequest.BodyPublishers.ofFile(jar),
                    HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
            .build();
    JsonNode answer = new ObjectMapper().readTree(body(request));
    return answer.path("filename").asText().replaceAll(".*/", "");
  }

  /** Lets the JobManager run a jar that it was given; returns the id of the job. */
  String runUploaded(String jar, String... args) throws IOException, InterruptedException {
    ObjectMapper mapper = new ObjectMapper();
    String wish =
        mapper.writeValueAsString(
            Map.of(
                "entryClass",
                "dev.playlistlake.pipeline.PlaylistLake",
                "programArgsList",
                List.of(args)));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + restPort + "/jars/" + jar + "/run"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(wish))
            .build();
    String answer = body(request);
    JsonNode job = mapper.readTree(answer).path("jobid");
    if (job.isMissingNode()) {
      throw new AssertionError(answer);
    }
    return job.asText();
  }

  private String body(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** The ids of all jobs that the JobManager knows. */
  List<String> jobs() {
    List<String> ids = new ArrayList<>();
    rest("/jobs").path("jobs").forEach(job -> ids.add(job.path("id").asText()));
    return ids;
  }

  /** Waits for a job to end; returns its state. */
  String awaitEnd(String job) throws InterruptedException {
    String[] state = new String[1];
    await(
        "the end of job " + job,
        () -> {
          state[0] = rest("/jobs/" + job).path("state").asText();
          return List.of("FINISHED", "FAILED", "CANCELED").contains(state[0]);
        });
    return state[0];
  }

  /** Everything that the processes have written down, temporary files too. */
  List<Path> files() {
    return LakeFolder.files(folder);
  }

  /** What a process has logged so far. */
  String log(String name) throws IOException {
    return Files.readString(folder.resolve("log/" + name + ".log"));
  }

  /** A condition that a test waits for. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits until something holds; whoever cannot be asked yet makes it not hold. */
  static void await(String what, Condition condition) throws InterruptedException {
    long end = System.nanoTime() + MOST.toNanos();
    while (System.nanoTime() < end) {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (IOException | UncheckedIOException e) {
        // Not there yet.
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
    }
    throw new AssertionError("waited " + MOST + " in vain for " + what);
  }

  private void launch(
      String name, Map<String, String> environment, String main, String memory, String... args)
      throws IOException {
    List<String> command = java(name);
    command.add(memory);
    command.add(main);
    command.addAll(List.of("--configDir", folder.resolve("conf").toString()));
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log/" + name + ".out").toFile());
    builder.environment().clear();
    builder.environment().put("PATH", System.getenv("PATH"));
    builder.environment().putAll(environment);
    processes.put(name, builder.start());
  }

  private List<String> java(String name) {
    List<String> command = new ArrayList<>();
    command.add(JarRun.JAVA);
    command.addAll(jvmFlags);
    for (String opened : OPENED) {
      command.add("--add-opens=java.base/" + opened + "=ALL-UNNAMED");
    }
    command.add("-Dlog.file=" + folder.resolve("log/" + name + ".log"));
    command.add("-Dlog4j2.configurationFile=" + folder.resolve("conf/log4j.properties").toUri());
    command.addAll(List.of("-cp", Path.of("target", "flink-" + version).toAbsolutePath() + "/*"));
    return command;
  }

  /**
   * As Flink's scripts would work it out. They also spell out every memory pool of a TaskManager.
   * What lets a job survive a lost TaskManager is what docs/emr.md tells users to set.
   */
  private String config(int rpcPort) {
    return """
        jobmanager.rpc.address: 127.0.0.1
        jobmanager.rpc.port: %d
        jobmanager.bind-host: 127.0.0.1
        jobmanager.memory.process.size: 1600m
        rest.address: 127.0.0.1
        rest.bind-address: 127.0.0.1
        rest.port: %s
        parallelism.default: 4
        cluster.evenly-spread-out-slots: true
        io.tmp.dirs: %s
        taskmanager.host: 127.0.0.1
        taskmanager.bind-host: 127.0.0.1
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 1
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 128m
        taskmanager.memory.task.heap.size: 768m
        taskmanager.memory.task.off-heap.size: 0m
        taskmanager.memory.managed.size: 256m
        taskmanager.memory.network.min: 512m
        taskmanager.memory.network.max: 512m
        taskmanager.memory.jvm-metaspace.size: 512m
        taskmanager.memory.jvm-overhead.min: 192m
        taskmanager.memory.jvm-overhead.max: 192m
        restart-strategy.type: fixed-delay
        restart-strategy.fixed-delay.attempts: 10
        restart-strategy.fixed-delay.delay: 5 s
        heartbeat.interval: 2000
        heartbeat.timeout: 10000
        metrics.fetcher.update-interval: 500
        rest.retry.delay: 500
        """
        .formatted(rpcPort, restPort, folder.resolve("tmp"));
  }

  private static final String LOG4J =
      """
      rootLogger.level = INFO
      rootLogger.appenderRef.file.ref = File
      appender.file.type = File
      appender.file.name = File
      appender.file.fileName = ${sys:log.file}
      appender.file.layout.type = PatternLayout
      appender.file.layout.pattern = %d %-5p %c %x - %m%n
      """;
}
