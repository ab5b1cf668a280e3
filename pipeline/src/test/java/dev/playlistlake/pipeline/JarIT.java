package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars as users get them. */
class JarIT {
  private static final Pattern SUMMARY =
      Pattern.compile("Published .*|  .*|Ask it something:|That was invented sample data.*");

  private static final String BEAMS_CODERS =
      "org.apache.beam.sdk.io.hadoop.WritableCoder$WritableCoderProviderRegistrar";

  @Test
  void publishesTheSampleAlikeOnBothRunners(@TempDir Path directory) throws Exception {
    Map<String, Long> onDirect = publishedRows(directory, "DirectRunner");
    Map<String, Long> onFlink = publishedRows(directory, "FlinkRunner");

    assertThat(onDirect.get("playlist_item_rows"), greaterThan(0L));
    assertThat(onFlink, is(onDirect));

    JarRun query =
        JarRun.in(directory, Map.of(), "query", "--lake=./lake-sample", "--report=top_artists");
    assertThat(String.join("\n", query.err()), query.exitCode(), is(0));
    assertThat(query.err(), is(empty()));
    assertThat(query.out().get(0), startsWith("rank  artist_id "));
    assertThat(query.out().get(2), startsWith("   1  "));
  }

  @Test
  void sendsQuestionsToTheOtherJarWhereDuckDbIsNot(@TempDir Path directory) throws Exception {
    Files.createDirectories(directory.resolve("lake/run/ingest_date=2026-11-20"));
    Files.createFile(
        directory.resolve("lake/run/ingest_date=2026-11-20/20261120T060000Z-0001.parquet"));
    JarRun query = JarRun.ofFlinks(directory, "query", "--report=top_artists");

    assertThat(query.exitCode(), is(2));
    assertThat(
        query.err(),
        contains("query: is not in this jar, which is for Flink; use playlist-lake.jar"));
  }

  /** Where a cluster is, there is the jar for it, and perhaps no other one. */
  @Test
  void tellsTheStatusOfARunFromEitherJar(@TempDir Path directory) throws Exception {
    JarRun sample = JarRun.in(directory, Map.of());
    assertThat(String.join("\n", sample.err()), sample.exitCode(), is(0));
    String[] status = {"status", "--lake=./lake-sample", "--format=json"};

    for (JarRun run :
        List.of(JarRun.in(directory, Map.of(), status), JarRun.besideFlink(directory, status))) {
      assertThat(String.join("\n", run.err()), run.exitCode(), is(0));
      assertThat(run.out(), is(sample.out()));
      assertThat(run.err(), everyItem(startsWith("SLF4J: ")));
    }
  }

  @Test
  void tellsBeamsProgressWhenVerboseAndNoToken(@TempDir Path directory) throws Exception {
    JarRun run = JarRun.in(directory, Map.of(), "--verbose=true", "--runner=FlinkRunner");

    assertThat(run.exitCode(), is(0));
    assertThat(
        run.err().stream().filter(line -> line.contains(" INFO  FlinkRunner ")).toList().size(),
        greaterThan(0));
    assertThat(run.err().stream().filter(line -> line.contains("Bearer ")).toList(), is(empty()));
  }

  @Test
  void refusesAnUnknownFlagInOneLine(@TempDir Path directory) throws Exception {
    JarRun run = JarRun.in(directory, Map.of(), "--playlist=x");

    assertThat(run.exitCode(), is(2));
    assertThat(
        run.err(),
        contains(allOf(startsWith("--playlist "), containsString("Did you mean --playlists?"))));
    assertThat(run.out(), is(empty()));
  }

  @Test
  void leavesToFlinkWhatFlinkBrings() throws IOException {
    try (JarFile jar = new JarFile(JarRun.FOR_FLINK.toFile())) {
      List<String> flinks =
          jar.stream()
              .map(ZipEntry::getName)
              .filter(
                  name ->
                      name.startsWith("org/apache/flink/")
                          || name.startsWith("org/slf4j/")
                          || name.startsWith("org/apache/logging/")
                          || name.startsWith("com/esotericsoftware/")
                          || name.startsWith("com/twitter/")
                          || name.startsWith("libduckdb")
                          || name.startsWith("log4j"))
              .toList();

      assertThat(flinks, is(empty()));
      assertThat(
          services(jar, "org.apache.beam.sdk.coders.CoderProviderRegistrar"),
          hasItems("dev.playlistlake.schema.LakeCoders", BEAMS_CODERS));
    }
  }

  private static Map<String, Long> publishedRows(Path directory, String runner) throws Exception {
    JarRun run = JarRun.in(directory, Map.of(), "--runner=" + runner);

    assertThat(String.join("\n", run.err()), run.exitCode(), is(0));
    assertThat(run.err(), everyItem(matchesPattern(SUMMARY)));
    assertThat(
        run.err(),
        hasItem(
            "  java -jar %s query --lake=./lake-sample --report=top_artists"
                .formatted(JarRun.EVERYTHING)));
    JsonNode row = run.row();
    assertThat(row.get("status").asText(), is("PUBLISHED"));
    assertThat(row.get("runner").asText(), is(runner));
    Map<String, Long> rows = new TreeMap<>();
    row.properties()
        .forEach(
            field -> {
              if (field.getKey().endsWith("_rows") || field.getKey().startsWith("playlists_")) {
                rows.put(field.getKey(), field.getValue().asLong());
              }
            });
    return rows;
  }

  private static List<String> services(JarFile jar, String service) throws IOException {
    ZipEntry entry = jar.getEntry("META-INF/services/" + service);
    byte[] text = jar.getInputStream(entry).readAllBytes();
    return new String(text, StandardCharsets.UTF_8).lines().toList();
  }
}
