package dev.playlistlake.glue;

import dev.playlistlake.testing.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A Trino server in a process of its own, which stands in for Athena: Athena's dialect is Trino's.
 * One serves all tests of a JVM and ends with it, however that ends. Its one catalog, {@code
 * lakes}, reads local folders; a schema of it is a lake.
 */
final class TrinoServer {
  static final String CATALOG = "lakes";

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** Small queries over small files; compiling them better costs more than it gains. */
  private static final List<String> JVM =
      List.of(
          "-Xmx2G",
          "-XX:+UseSerialGC",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:ReservedCodeCacheSize=256M",
          "-XX:TieredStopAtLevel=1",
          "-Djdk.attach.allowAttachSelf=true",
          "-Dfile.encoding=UTF-8",
          "--add-modules=jdk.incubator.vector");

  /**
   * Starts a process that is killed when this one's end of the pipe closes: a shutdown hook would
   * not run where this JVM is killed.
   */
  private static final List<String> ENDS_WITH_THIS_JVM =
      List.of(
          "sh",
          "-c",
          "exec 3<&0; (cat <&3 >/dev/null; kill -9 $$) 2>/dev/null & exec \"$@\" 3<&- </dev/null",
          "trino");

  private static @Nullable TrinoServer shared;

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private TrinoServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** The server of this JVM, started when first asked for; skips the test where there is none. */
  static synchronized TrinoServer shared() {
    TrinoServer server = shared;
    if (server == null) {
      try {
        server = start(TrinoFiles.get(), Path.of("target", "trino").toAbsolutePath());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      shared = server;
    }
    return server;
  }

  private static TrinoServer start(TrinoFiles files, Path folder)
      throws IOException, InterruptedException {
    Instant began = Instant.now();
    // What an earlier server left: its log and the tables of lakes that are no more.
    Folders.delete(folder);
    Path catalogs = Files.createDirectories(folder.resolve("catalogs"));
    int port = Ports.free();
    Path config = folder.resolve("config.properties");
    Files.write(
        config,
        List.of(
            "coordinator=true",
            "node-scheduler.include-coordinator=true",
            "http-server.http.port=" + port,
            "discovery.uri=http://127.0.0.1:" + port,
            "query.max-memory=1GB",
            "query.max-memory-per-node=1GB",
            "memory.heap-headroom-per-node=256MB",
            "catalog.config-dir=" + catalogs,
            "plugin.dir=" + files.home().resolve("plugin")));
    Files.write(
        catalogs.resolve(CATALOG + ".properties"),
        List.of(
            "connector.name=hive",
            "hive.metastore=file",
            "hive.metastore.catalog.dir=local://" + folder.resolve("metastore"),
            "fs.native-local.enabled=true",
            "local.location=/",
            // Projected days have none, and looking for them takes longer than the query.
            "hive.table-statistics-enabled=false",
            // On S3 a projected day without a folder is empty by itself.
            "hive.ignore-absent-partitions=true"));
    List<String> command = new ArrayList<>(ENDS_WITH_THIS_JVM);
    command.add(files.java().toString());
    command.addAll(JVM);
    command.addAll(
        List.of(
            "-Dnode.environment=test",
            "-Dnode.id=one",
            "-Dnode.bind-ip=127.0.0.1",
            "-Dnode.internal-address=127.0.0.1",
            "-Dnode.data-dir=" + folder,
            "-Dconfig=" + config,
            "-cp",
            files.home().resolve("lib") + "/*",
            "io.trino.server.TrinoServer"));
    Path log = folder.resolve("server.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    TrinoServer server = new TrinoServer(process, port);
    server.awaitReady(log, began.plus(PATIENCE));
    System.out.printf(
        "Trino is ready after %d ms%n", Duration.between(began, Instant.now()).toMillis());
    return server;
  }

  private void awaitReady(Path log, Instant deadline) throws IOException, InterruptedException {
    while (!isReady()) {
      if (!process.isAlive() || Instant.now().isAfter(deadline)) {
        process.destroyForcibly().waitFor();
        List<String> lines = Files.readAllLines(log);
        List<String> last = lines.subList(Math.max(0, lines.size() - 30), lines.size());
        throw new IllegalStateException(
            "Trino did not start; all of %s, its end:%n%s".formatted(log, String.join("\n", last)));
      }
      Thread.sleep(100);
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return get("/v1/info").contains("\"starting\":false");
    } catch (IOException e) {
      return false; // nobody listens yet
    }
  }

  /** The answer to a request of its own HTTP interface. */
  String get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("X-Trino-User", "test")
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** A session; names without a schema are looked up in {@code schema}. */
  Connection connect(String schema) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "test");
    properties.setProperty("timezone", "UTC");
    return DriverManager.getConnection(
        "jdbc:trino://127.0.0.1:%d/%s/%s".formatted(port, CATALOG, schema), properties);
  }
}
