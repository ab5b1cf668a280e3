package dev.playlistlake.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.sample.GeneratedCatalog;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The whole job against a stand-in in its own process: how long the asking takes against what the
 * answers alone would take, and how long the rest takes. Prints; asserts nothing.
 *
 * <p>Arguments: playlists, items a playlist, distinct songs, milliseconds an answer, then flags of
 * the job. docs/performance.md has the command.
 */
public final class MainJobBenchmark {
  private static final int SEED = 1;

  private MainJobBenchmark() {}

  public static void main(String[] args) throws IOException {
    int playlists = Integer.parseInt(args[0]);
    int items = Integer.parseInt(args[1]);
    int songs = Integer.parseInt(args[2]);
    int latency = Integer.parseInt(args[3]);
    List<String> flags = List.of(args).subList(4, args.length);
    Path folder = Files.createTempDirectory("playlist-lake-benchmark");
    Process standIn = standIn(playlists, items, songs, latency);
    try {
      String url = firstLine(standIn);
      List<String> ids = GeneratedCatalog.of(SEED, playlists, items, songs).playlistIds();
      for (String round : List.of("warm-up", "measured")) {
        measure(round, url, ids, folder.resolve(round), latency, flags);
      }
    } finally {
      standIn.destroy();
    }
  }

  private static void measure(
      String round, String url, List<String> ids, Path place, int latency, List<String> flags)
      throws IOException {
    Files.createDirectories(place);
    Path list = JobRun.write(place.resolve("playlists.txt"), String.join("\n", ids));
    Path credentials = JobRun.credentials(place, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
    List<String> args = new ArrayList<>(flags);
    args.add("--playlists=" + list);
    args.add("--lake=" + place.resolve("lake"));
    args.add("--apiUrl=" + url);
    args.add("--accountsUrl=" + url);
    args.add("--credentials=file:" + credentials);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Instant start = Instant.now();
    int exitCode =
        PlaylistLake.run(
            args.toArray(new String[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err);
    double total = seconds(Duration.between(start, Instant.now()));
    JsonNode row = new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8));
    Asked asked = Asked.of(place.resolve("lake"));
    double least = Math.ceil(asked.requests() / 16.0) * latency / 1000;
    System.out.printf(
        Locale.ROOT,
        "%s: exit %d, %,d items, %,d songs, %,d requests; asking %.2f s (answers alone %.2f s,"
            + " ratio %.3f), the rest %.2f s, heap used %d MB%n",
        round,
        exitCode,
        row.get("playlist_item_rows").asLong(),
        row.get("song_rows").asLong(),
        asked.requests(),
        asked.seconds(),
        least,
        least > 0 ? asked.seconds() / least : 0,
        total - asked.seconds(),
        (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
  }

  /**
   * The asking, by its stored answers.
   *
   * @param seconds from the first answer (less its own wait) to the last, of playlists and details
   */
  private record Asked(long requests, double seconds) {
    static Asked of(Path lake) throws IOException {
      long requests = 0;
      double seconds = 0;
      for (String kind : List.of("playlist", "album", "artist")) {
        List<Instant> times = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(lake.resolve("raw"))) {
          for (Path file :
              walk.filter(path -> path.toString().contains("/" + kind + "/")).toList()) {
            if (Files.isRegularFile(file)) {
              RawObject.read(file.toString()).orElseThrow().attempts().stream()
                  .map(RawAttempt::fetchedAt)
                  .forEach(times::add);
            }
          }
        }
        if (!times.isEmpty()) {
          times.sort(null);
          requests += times.size();
          System.out.printf(
              Locale.ROOT,
              "  %s: %,d requests in %.2f s%n",
              kind,
              times.size(),
              MainJobBenchmark.seconds(
                  Duration.between(times.get(0), times.get(times.size() - 1))));
          seconds +=
              MainJobBenchmark.seconds(Duration.between(times.get(0), times.get(times.size() - 1)));
        }
      }
      return new Asked(requests, seconds);
    }
  }

  private static Process standIn(int playlists, int items, int songs, int latency)
      throws IOException {
    return new ProcessBuilder(
            JarRun.JAVA,
            "-cp",
            System.getProperty("java.class.path"),
            "dev.playlistlake.io.sample.StandInMain",
            "--seed=" + SEED,
            "--playlists=" + playlists,
            "--items=" + items,
            "--songs=" + songs,
            "--latencyMs=" + latency)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  @SuppressWarnings("MustBeClosedChecker") // the stream ends with the process
  private static String firstLine(Process process) throws IOException {
    return new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
        .readLine();
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
