package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Details come from the member that has the id, wherever it stands in its batch. */
class BatchMembersTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final GeneratedCatalog CATALOG = GeneratedCatalog.of(3, 3, 60, 120);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BATCHES = "/v1/(albums|artists)\\?.*";

  private final Path folder;

  BatchMembersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void anotherOrderGivesTheSameDetails() {
    Run plain = run("plain", members -> {});
    Run reversed = run("reversed", Collections::reverse);
    assertThat(reversed.details(), equalTo(plain.details()));
    assertThat(reversed.requests(), is(plain.requests()));
    assertThat(reversed.rejected(), is(Set.of()));
  }

  /** The first answer about each batch leaves some out; asked for alone, they come. */
  @Test
  void whatABatchLeavesOutIsRequestedOnceMore() {
    Run plain = run("plain", members -> {});
    Run shortened =
        run(
            "short",
            members -> {
              if (members.size() > 3) {
                members.subList(1, 3).clear();
              }
            });
    assertThat(shortened.details(), equalTo(plain.details()));
    assertThat(shortened.rejected(), is(Set.of()));
  }

  /** Instead of a null. */
  @Test
  void whatIsLeftOutAgainIsUnknown() {
    Run plain = run("plain", members -> {});
    Set<String> unknown = new HashSet<>();
    plain.details().keySet().stream().filter(id -> id.hashCode() % 10 == 0).forEach(unknown::add);
    Run dropped =
        run("dropped", members -> members.removeIf(m -> unknown.contains(m.get("id").asText())));
    Map<String, String> without = new TreeMap<>(plain.details());
    unknown.forEach(id -> without.put(id, "null null null"));
    assertThat(dropped.rejected(), equalTo(unknown));
    assertThat(dropped.details(), equalTo(without));
  }

  /**
   * One day of a lake, checked against its replay.
   *
   * @param details by the id of an album or artist
   * @param rejected ids of albums and artists that Spotify does not know
   */
  private record Run(Map<String, String> details, Set<String> rejected, int requests) {}

  private Run run(String name, Consumer<List<JsonNode>> edit) {
    try (SpotifyStandIn spotify = SpotifyStandIn.start(CATALOG, StandInOptions.defaults())) {
      spotify.scriptAlways(BATCHES, Scripted.edit(body -> edited(body, edit)));
      Path lake = Files.createDirectories(folder.resolve(name));
      String list = "--playlists=" + String.join(",", CATALOG.playlistIds());
      JobRun run = JobRun.on(DAY, spotify, lake, list);
      assertThat(run.err(), run.exitCode(), is(0));
      JobRun replay =
          JobRun.replay(
              DAY, run.lake().resolve("raw"), Files.createDirectories(lake.resolve("again")));
      assertThat(PurityIT.rowsOf(replay), equalTo(PurityIT.rowsOf(run)));
      // A second day asks for those alone that the first could not get.
      JobRun second = JobRun.on(DAY.plusDays(1), spotify, lake, list);
      assertThat(details(second), equalTo(details(run)));
      return new Run(details(run), rejected(run), run.row().get("requests").asInt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> details(JobRun run) {
    Map<String, String> details = new TreeMap<>();
    for (GenericRecord row : run.rows(LakeTable.ALBUM)) {
      details.put(
          String.valueOf(row.get("album_id")),
          row.get("label") + " " + row.get("popularity") + " " + row.get("upc"));
    }
    for (GenericRecord row : run.rows(LakeTable.ARTIST)) {
      details.put(
          String.valueOf(row.get("artist_id")),
          row.get("genres") + " " + row.get("popularity") + " " + row.get("followers"));
    }
    return details;
  }

  private static Set<String> rejected(JobRun run) {
    Set<String> ids = new HashSet<>();
    for (GenericRecord row : run.rows(LakeTable.REJECTED)) {
      assertThat(String.valueOf(row.get("reason")), is("NOT_FOUND"));
      ids.add(String.valueOf(row.get("subject_id")));
    }
    return ids;
  }

  private static String edited(String body, Consumer<List<JsonNode>> edit) {
    try {
      ObjectNode root = (ObjectNode) JSON.readTree(body);
      String field = root.fieldNames().next();
      List<JsonNode> members = new ArrayList<>();
      root.get(field).forEach(members::add);
      edit.accept(members);
      ArrayNode array = root.putArray(field);
      members.forEach(array::add);
      return root.toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(body, e);
    }
  }
}
