package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a process, against what somebody has prepared for it. */
class HostileInputIT {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  /**
   * A row of {@code run} whose own schema says that its text is a file to be opened for writing
   * (CVE-2025-30065): {@code status}, a run and {@code query} read it, and make nothing of it.
   */
  @Test
  void aRowThatNamesAClassOpensNothing() throws Exception {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    JarRun first = JarRun.in(folder, Map.of(), "--ingestDate=2026-11-19");
    assertThat(String.join("\n", first.err()), first.exitCode(), is(0));
    String id = "20991119T235959Z-0666";
    hostile(
        folder.resolve("lake-sample/run/ingest_date=2026-11-19/" + id + ".parquet"), victim, id);

    JarRun status =
        JarRun.in(folder, Map.of(), "status", "--lake=./lake-sample", "--ingestDate=2026-11-19");
    JarRun query =
        JarRun.in(
            folder, Map.of(), "query", "--lake=./lake-sample", "--sql=SELECT count(*) FROM run");
    JarRun next = JarRun.in(folder, Map.of(), "--ingestDate=2026-11-20");

    assertThat(Files.readString(victim), is("precious"));
    assertThat(String.join("\n", status.err()), status.exitCode(), is(7));
    assertThat(status.err(), everyItem(not(startsWith("\tat "))));
    assertThat(String.join("\n", query.err()), query.exitCode(), is(0));
    assertThat(String.join("\n", next.err()), next.exitCode(), is(0));
    assertThat(next.row().get("playlists_listed").asInt(), is(9));
  }

  private static void hostile(Path file, Path victim, String runId) throws IOException {
    String schema =
        """
        {"type":"record","name":"run","namespace":"dev.playlistlake","fields":[
         {"name":"run_id","type":{"type":"string","java-class":"java.io.FileOutputStream"}},
         {"name":"status","type":{"type":"string","java-class":"java.io.FileOutputStream"}}]}""";
    MessageType type =
        MessageTypeParser.parseMessageType(
            "message run { required binary run_id (STRING); required binary status (STRING); }");
    Group row = new SimpleGroup(type);
    row.add("run_id", runId);
    row.add("status", victim.toString());
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(type)
            .withConf(new Configuration(false))
            .withExtraMetaData(Map.of("parquet.avro.schema", schema, "avro.schema", schema))
            .build()) {
      writer.write(row);
    }
  }

  @Test
  void aDeviceIsNoFileOfCredentials() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/zero")), "there is no /dev/zero here");
    JarRun run =
        JarRun.in(
            folder,
            Map.of(),
            "--playlists=37i9dQZF1DXcBWIGoYBM5M,",
            "--credentials=file:/dev/zero");
    assertThat(run.exitCode(), is(2));
    assertThat(run.err(), contains(containsString("--credentials")));
  }

  /** What somebody has put into a list reaches the terminal without its control characters. */
  @Test
  void controlCharactersOfAListReachNoTerminal() throws Exception {
    Files.writeString(
        folder.resolve("list.txt"),
        "a\u001B]0;title\u0007b\n\u009B31mred\nhttps://me:hunter2@open.spotify.com/x\n\u202Eevil\n");
    JarRun run = JarRun.in(folder, Map.of(), "--playlists=list.txt", "--lake=\u001B[31mlake");
    assertThat(run.exitCode(), is(2));
    String err = String.join("", run.err());
    assertThat(err, not(containsString("\u001B")));
    assertThat(err, not(containsString("\u009B")));
    assertThat(err, not(containsString("\u202E")));
    assertThat(err, not(containsString("hunter2")));
  }

  /** What a locale does to numbers reaches no request, no response and no path. */
  @Test
  void aLocaleWithDigitsOfItsOwnChangesNothing() throws Exception {
    List<String> command =
        List.of(
            JarRun.JAVA,
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-jar",
            JarRun.EVERYTHING.toString());
    try (JarRun.Started started = JarRun.start(command, folder, Map.of())) {
      JarRun run = started.end();
      assertThat(String.join("\n", run.err()), run.exitCode(), is(0));
      assertThat(run.row().get("playlist_item_rows").asInt(), is(498));
    }
  }

  /** Flink within the process is nobody else's, and takes along what it has written. */
  @Test
  void embeddedFlinkIsHeardOnThisMachineAloneAndLeavesNothing() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "there is no /proc/net/tcp here");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    List<String> command =
        List.of(
            JarRun.JAVA,
            "-Djava.io.tmpdir=" + temporary,
            "-jar",
            JarRun.EVERYTHING.toString(),
            "--runner=FlinkRunner");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile())
            .start();
    Set<String> addresses = new TreeSet<>();
    while (!process.waitFor(100, TimeUnit.MILLISECONDS)) {
      addresses.addAll(listeningOn(process.pid()));
    }
    List<String> err = Files.readAllLines(folder.resolve("err"));
    assertThat(String.join("\n", err), process.exitValue(), is(0));
    assertThat(err, not(hasItem(containsString("\tat "))));
    assertThat(addresses, is(not(empty())));
    assertThat(addresses, everyItem(allOf(containsString("7F000001"), not(containsString(" ")))));
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left.toList(), is(empty()));
    }
  }

  /** Local addresses of a process's listening sockets, in the kernel's hexadecimal words. */
  private static List<String> listeningOn(long pid) throws IOException {
    Set<String> sockets;
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      sockets = open.map(HostileInputIT::target).collect(Collectors.toSet());
    } catch (IOException e) {
      return List.of();
    }
    List<String> addresses = new ArrayList<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (!Files.exists(Path.of(table))) {
        continue;
      }
      for (String line : Files.readAllLines(Path.of(table), StandardCharsets.US_ASCII)) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length > 9
            && fields[3].equals("0A")
            && sockets.contains("socket:[" + fields[9] + "]")) {
          String address = fields[1].substring(0, fields[1].indexOf(':'));
          // The kernel writes each word of an address with its bytes in reverse.
          addresses.add(address.endsWith("0100007F") ? "7F000001" : "any or other " + address);
        }
      }
    }
    return addresses;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
