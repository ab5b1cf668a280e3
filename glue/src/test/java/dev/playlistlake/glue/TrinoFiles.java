package dev.playlistlake.glue;

import dev.playlistlake.testing.Required;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a Trino server needs on disk: its own files and those of its Hive connector, from the local
 * Maven repository, and a Java new enough for them. Where one of them cannot be had, the tests are
 * skipped.
 *
 * @param home the unpacked server: {@code lib} and {@code plugin/hive}
 * @param java the {@code java} to start it with
 */
record TrinoFiles(Path home, Path java) {
  /** The server's class files ask for it. */
  private static final int OLDEST_JAVA = 24;

  private static final String VERSION = System.getProperty("playlistlake.trinoVersion", "476");

  /** Unpacks once into {@code target}; later runs find it there. Takes some 3 s, 450 MB. */
  static TrinoFiles get() throws IOException, InterruptedException {
    // First what takes no time.
    Path java = newJava();
    Path home = Path.of("target", "trino-" + VERSION).toAbsolutePath();
    if (!Files.exists(home)) {
      Path server = artifact("trino-server-core", "tar.gz");
      Path hive = artifact("trino-hive", "zip");
      unpack(server, hive, home);
    }
    return new TrinoFiles(home, java);
  }

  /** Is complete or not there at all: it is unpacked aside. */
  private static void unpack(Path server, Path hive, Path home)
      throws IOException, InterruptedException {
    Path aside = Files.createTempDirectory(home.getParent(), "unpacking");
    String top = "trino-server-core-" + VERSION;
    // Only its libraries: every plugin makes the start longer.
    run(aside, "tar", "-xzf", server.toString(), top + "/lib");
    Path unpacked = aside.resolve(top);
    Path plugin = unpacked.resolve("plugin").resolve("hive");
    Files.createDirectories(plugin);
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(hive))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (!entry.isDirectory()) {
          Path name = Path.of(entry.getName()).getFileName();
          Files.copy(in, plugin.resolve(name.toString()));
        }
      }
    }
    Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
    Files.delete(aside);
  }

  /** A file of the local Maven repository; Maven is asked for it where it is absent. */
  private static Path artifact(String name, String type) throws IOException, InterruptedException {
    String repository =
        System.getProperty(
            "playlistlake.mavenRepository", System.getProperty("user.home") + "/.m2/repository");
    Path file =
        Path.of(repository, "io", "trino", name, VERSION, name + "-" + VERSION + "." + type);
    if (!Files.exists(file)) {
      String coordinates = "io.trino:" + name + ":" + VERSION + ":" + type;
      String said =
          run(
              // Not beside a pom: this is no business of the module that is being built.
              Files.createDirectories(Path.of("target", "trino-download")),
              System.getProperty("playlistlake.maven", "mvn"),
              "-q",
              "-B",
              "-Dmaven.repo.local=" + repository,
              "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:get",
              "-Dtransitive=false",
              "-Dartifact=" + coordinates);
      if (!Files.exists(file)) {
        Required.orSkip("trino", "Maven cannot get " + coordinates + ": " + said);
      }
    }
    return file;
  }

  /** Waits for a command; returns what it said. Whether it worked is seen by what it leaves. */
  private static String run(Path folder, String... command)
      throws IOException, InterruptedException {
    Path said = Files.createTempFile("playlistlake", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .start();
      if (!process.waitFor(10, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
      return Files.readString(said, StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } finally {
      Files.delete(said);
    }
  }

  private static Path newJava() throws IOException {
    List<Path> homes = new ArrayList<>();
    addIfGiven(homes, System.getProperty("playlistlake.trinoJavaHome"));
    addIfGiven(homes, System.getenv("TRINO_JAVA_HOME"));
    Path own = Path.of(System.getProperty("java.home"));
    homes.add(own);
    homes.addAll(folders(Path.of("/usr/lib/jvm")));
    homes.addAll(folders(own.toRealPath().getParent()));
    Optional<Path> found =
        homes.stream().filter(home -> javaVersion(home) >= OLDEST_JAVA).findFirst();
    if (found.isEmpty()) {
      Required.orSkip(
          "trino",
          "it needs Java %d or newer; looked at -Dplaylistlake.trinoJavaHome, TRINO_JAVA_HOME and %s"
              .formatted(OLDEST_JAVA, homes));
    }
    return found.orElseThrow().resolve("bin").resolve("java");
  }

  private static void addIfGiven(List<Path> homes, @Nullable String home) {
    if (home != null && !home.isEmpty()) {
      homes.add(Path.of(home));
    }
  }

  private static List<Path> folders(@Nullable Path parent) throws IOException {
    if (parent == null || !Files.isDirectory(parent)) {
      return Collections.emptyList();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** The first number of a Java's version; 0 where there is none. */
  static int javaVersion(Path home) {
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      return 0;
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    String first = version.split("[^0-9]", 2)[0];
    return first.isEmpty() ? 0 : Integer.parseInt(first);
  }
}
