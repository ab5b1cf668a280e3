package dev.playlistlake.glue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Lakes that the real job makes, each in a process of its own. */
final class JobLakes {
  private JobLakes() {}

  /**
   * Starts a main class on this class path.
   *
   * @param folder is made if need be; the output goes to {@code job.log} there
   * @param home where it runs
   */
  static Process start(Path folder, Path home, String mainClass, String... args)
      throws IOException {
    Files.createDirectories(folder);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
    command.addAll(List.of(args));
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(folder).toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  /** Waits for its end; one that failed fails the test, with what it said. */
  static void await(Process process, Path folder) throws IOException, InterruptedException {
    boolean ended = process.waitFor(10, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    if (!ended || process.exitValue() != 0) {
      throw new IllegalStateException("the job failed:\n" + Files.readString(log(folder)));
    }
  }

  private static Path log(Path folder) {
    return folder.resolve("job.log");
  }
}
