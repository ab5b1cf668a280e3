package dev.playlistlake.pipeline.login;

import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.pipeline.JarRun;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The jar's {@code login}, a process of its own, against a stand-in. */
record LoginProcess(JarRun.Started started) implements AutoCloseable {
  static final String CLIENT_ID = "sample-client";
  private static final Pattern ADDRESS = Pattern.compile("(?m)^  (http://\\S+/authorize\\S+)$");
  private static final long MOST_MILLIS = 60_000;

  static LoginProcess start(Path directory, SpotifyStandIn spotify, String... flags)
      throws IOException {
    return start("true", directory, Map.of(), spotify, flags);
  }

  /** After a command of the shell that starts it. */
  static LoginProcess start(
      String before,
      Path directory,
      Map<String, String> environment,
      SpotifyStandIn spotify,
      String... flags)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", before + "; exec \"$@\"", "sh"));
    // Its numbers for tools would be a file that limits of a shell count.
    command.addAll(JarRun.java("-XX:-UsePerfData", "-jar", JarRun.EVERYTHING.toString(), "login"));
    command.add("--apiUrl=" + spotify.url());
    command.add("--accountsUrl=" + spotify.url());
    command.addAll(List.of(flags));
    return new LoginProcess(JarRun.start(command, directory, environment));
  }

  /** What it tells its user to open. */
  URI address() throws IOException, InterruptedException {
    for (long waited = 0; waited < MOST_MILLIS && started.process().isAlive(); waited += 20) {
      Matcher address = ADDRESS.matcher(Files.readString(started.err()));
      if (address.find()) {
        return URI.create(address.group(1));
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    throw new AssertionError("no address: " + Files.readString(started.err()));
  }

  JarRun end() throws IOException, InterruptedException {
    return started.end();
  }

  /** What anybody on this machine sees of all processes: their command lines. */
  static String processList() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path process : processes.filter(LoginProcess::isProcess).toList()) {
        try {
          all.append(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1))
              .append('\n');
        } catch (IOException e) {
          // It has ended.
        }
      }
    }
    return all.toString();
  }

  private static boolean isProcess(Path path) {
    return String.valueOf(path.getFileName()).matches("\\d+");
  }

  @Override
  public void close() {
    started.close();
  }
}
