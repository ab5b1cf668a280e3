package dev.playlistlake.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.TableCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.generic.GenericRecord;

/**
 * A run of the whole program in this process: what it said and what it left in its lake.
 *
 * @param out all of stdout
 * @param err all of stderr, what is logged too
 * @param lake where it was told to write
 */
public record JobRun(int exitCode, String out, String err, Path lake) {
  /** To the second: seconds of the tests' mornings begin with those of {@link #awaitNextSecond}. */
  private static final Instant TESTS_BEGAN = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  public static final String CLIENT_ID = "sample-client";
  public static final String CLIENT_SECRET = "sample-secret";
  static final String REFRESH_TOKEN = "sample-refresh";

  /** Nothing but these arguments. */
  public static JobRun of(String... args) {
    return run(Path.of("lake"), Surroundings.usual(), args);
  }

  /** Against a stand-in, with its credentials, into {@code folder/lake}. */
  public static JobRun against(SpotifyStandIn spotify, Path folder, String... more) {
    return into(
        spotify,
        credentials(folder, CLIENT_ID, CLIENT_SECRET),
        folder.resolve("lake").toString(),
        more);
  }

  /** As {@link #against}, at six in the morning of a day. */
  public static JobRun on(LocalDate day, SpotifyStandIn spotify, Path folder, String... more) {
    String lake = folder.resolve("lake").toString();
    String credentials = "file:" + credentials(folder, CLIENT_ID, CLIENT_SECRET);
    return run(
        Path.of(lake),
        Surroundings.at(morningOf(day)),
        args(spotify, credentials, lake, more).toArray(new String[0]));
  }

  /** As {@link #against}, by another clock. */
  static JobRun byClock(Clock clock, SpotifyStandIn spotify, Path folder, String... more) {
    String lake = folder.resolve("lake").toString();
    String credentials = "file:" + credentials(folder, CLIENT_ID, CLIENT_SECRET);
    return run(
        Path.of(lake),
        Surroundings.at(clock),
        args(spotify, credentials, lake, more).toArray(new String[0]));
  }

  /** As {@link #on}, of a user who has signed in: with {@link #REFRESH_TOKEN}. */
  static JobRun asUser(LocalDate day, SpotifyStandIn spotify, Path folder, String... more) {
    String lake = folder.resolve("lake").toString();
    return run(
        Path.of(lake),
        Surroundings.at(morningOf(day)),
        args(spotify, usersCredentials(folder), lake, more).toArray(new String[0]));
  }

  /** As {@link #on}, of a command in the run's place. */
  public static JobRun ofCommand(
      String word, LocalDate day, SpotifyStandIn spotify, Path folder, String... more) {
    String lake = folder.resolve("lake").toString();
    String credentials = "file:" + credentials(folder, CLIENT_ID, CLIENT_SECRET);
    List<String> args = args(spotify, credentials, lake, more);
    args.add(0, word);
    return run(Path.of(lake), Surroundings.at(morningOf(day)), args.toArray(new String[0]));
  }

  /** As {@link #ofCommand}, of a user who has signed in. */
  static JobRun commandAsUser(
      String word, LocalDate day, SpotifyStandIn spotify, Path folder, String... more) {
    String lake = folder.resolve("lake").toString();
    List<String> args = args(spotify, usersCredentials(folder), lake, more);
    args.add(0, word);
    return run(Path.of(lake), Surroundings.at(morningOf(day)), args.toArray(new String[0]));
  }

  private static String usersCredentials(Path folder) {
    String token = "SPOTIFY_REFRESH_TOKEN=" + REFRESH_TOKEN;
    return "file:" + credentials(folder, CLIENT_ID, CLIENT_SECRET, token);
  }

  /** As {@link #against}, of one who waits no longer than this for an answer. */
  static JobRun impatient(
      Duration answerTimeout, SpotifyStandIn spotify, Path folder, String... more) {
    String lake = folder.resolve("lake").toString();
    String credentials = "file:" + credentials(folder, CLIENT_ID, CLIENT_SECRET);
    return run(
        Path.of(lake),
        Surroundings.usual().withAnswerTimeout(answerTimeout),
        args(spotify, credentials, lake, more).toArray(new String[0]));
  }

  /** A replay of stored answers into {@code folder/lake}: no service, no credentials. */
  static JobRun replay(LocalDate day, Path raw, Path folder, String... more) {
    Path lake = folder.resolve("lake");
    List<String> args = new ArrayList<>();
    args.add("--from=raw:" + raw);
    args.add("--ingestDate=" + day);
    args.add("--lake=" + lake);
    args.addAll(List.of(more));
    return run(lake, Surroundings.usual(), args.toArray(new String[0]));
  }

  /** Goes on from run to run of a day, as time does. */
  private static Clock morningOf(LocalDate day) {
    Instant morning = day.atTime(6, 0).toInstant(ZoneOffset.UTC);
    return Clock.offset(Clock.systemUTC(), Duration.between(TESTS_BEGAN, morning));
  }

  /** Against a stand-in, with the credentials of a file. */
  public static JobRun into(SpotifyStandIn spotify, Path credentials, String lake, String... more) {
    return with(spotify, "file:" + credentials, lake, more);
  }

  /** Against a stand-in, with the credentials that a reference points at. */
  public static JobRun with(
      SpotifyStandIn spotify, String credentials, String lake, String... more) {
    return run(
        Path.of(lake),
        Surroundings.usual(),
        args(spotify, credentials, lake, more).toArray(new String[0]));
  }

  private static List<String> args(
      SpotifyStandIn spotify, String credentials, String lake, String... more) {
    List<String> args = new ArrayList<>();
    args.add("--apiUrl=" + spotify.url());
    args.add("--accountsUrl=" + spotify.url());
    args.add("--credentials=" + credentials);
    args.add("--lake=" + lake);
    args.addAll(List.of(more));
    return args;
  }

  /** A file as {@code --credentials=file:} takes it. */
  public static Path credentials(
      Path folder, String clientId, String clientSecret, String... more) {
    List<String> lines = new ArrayList<>();
    lines.add("SPOTIFY_CLIENT_ID=" + clientId);
    lines.add("SPOTIFY_CLIENT_SECRET=" + clientSecret);
    lines.addAll(List.of(more));
    return secret(folder.resolve("credentials.env"), String.join("\n", lines));
  }

  /** A file that nobody but its owner may read: about others the program has something to say. */
  public static Path secret(Path file, String text) {
    try {
      return Files.setPosixFilePermissions(
          write(file, text), PosixFilePermissions.fromString("rw-------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Run ids tell runs of one second apart, but not which of them came first. */
  public static void awaitNextSecond() {
    Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    try {
      TimeUnit.MILLISECONDS.sleep(Duration.between(Instant.now(), next).toMillis() + 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JobRun run(Path lake, Surroundings surroundings, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream systemOut = System.out;
    PrintStream systemErr = System.err;
    int exitCode;
    try (PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      // Libraries and the logger write there, whatever the program was given.
      System.setOut(toOut);
      System.setErr(toErr);
      exitCode = PlaylistLake.run(args, toOut, toErr, surroundings.hasty());
    } finally {
      System.setOut(systemOut);
      System.setErr(systemErr);
    }
    return new JobRun(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), lake);
  }

  public List<String> errLines() {
    return err.lines().toList();
  }

  /** The last line of stdout: the run's row. */
  public JsonNode row() {
    List<String> lines = out.lines().toList();
    try {
      return new ObjectMapper().readTree(lines.get(lines.size() - 1));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All rows of a table, of whatever day and run. */
  List<GenericRecord> rows(LakeTable table) {
    List<GenericRecord> rows = new ArrayList<>();
    for (Path file : files()) {
      boolean ofTable = lake.relativize(file).startsWith(table.tableName());
      if (ofTable && file.toString().endsWith(".parquet")) {
        rows.addAll(ParquetFiles.read(table, file.toString()));
      }
    }
    return rows;
  }

  /** The rows that this run wrote into a table. */
  <T> List<T> own(TableCodec<T> codec) {
    String runId = row().get("run_id").asText();
    List<T> rows = new ArrayList<>();
    for (Path file : dataFiles()) {
      boolean ofTable = lake.relativize(file).startsWith(codec.table().tableName());
      if (ofTable && file.getFileName().toString().startsWith(runId)) {
        ParquetFiles.forEach(codec, file.toString(), rows::add);
      }
    }
    return rows;
  }

  /** A column of a table as text, sorted; nulls too. */
  public List<String> column(LakeTable table, String column) {
    return rows(table).stream().map(row -> String.valueOf(row.get(column))).sorted().toList();
  }

  /** The files of the lake, sorted; none where it does not exist. */
  public List<Path> files() {
    return LakeFolder.files(lake);
  }

  /** The files of all tables but {@code run}: what readers would take for data. */
  List<Path> dataFiles() {
    return files().stream()
        .filter(file -> file.toString().endsWith(".parquet"))
        .filter(file -> !lake.relativize(file).startsWith(LakeTable.RUN.tableName()))
        .toList();
  }
}
