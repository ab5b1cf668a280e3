package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeCoders;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.TableCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant I5: the same inputs give the same rows, whatever the order of the list, the number of
 * requests in flight, the parallelism, the runner and the number of files.
 */
class PurityIT {
  private static final List<String> LIST = SampleCatalog.playlistEntries();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  /** Other answers at another time: all columns but those that say when and which run. */
  @Test
  void askingInAnotherOrderGivesTheSameRows() {
    List<String> shuffled = new ArrayList<>(LIST);
    Collections.shuffle(shuffled, new Random(5));
    Map<LakeTable, List<String>> one =
        rows(run("a", LIST, "--requestConcurrency=16", "--targetParallelism=1"), false);
    Map<LakeTable, List<String>> other =
        rows(run("b", shuffled, "--requestConcurrency=1", "--targetParallelism=4"), false);
    assertThat(one.getOrDefault(LakeTable.SONG, List.of()).size(), greaterThan(100));
    assertThat(other, equalTo(one));
  }

  /** The same stored answers, read again by another run: every column but run_id. */
  @Test
  @LongProof
  void readingTheSameAnswersAgainGivesTheSameRows() {
    JobRun first = run("c", LIST, "--filesPerTable=1", "--targetParallelism=1");
    Map<LakeTable, List<String>> rows = rows(first, true);
    long requests = first.row().get("requests").asLong();
    assertThat(requests, greaterThan(10L));
    long forbidden =
        first.rows(LakeTable.REJECTED).stream()
            .map(row -> row.get("reason").toString())
            .filter(Set.of("FORBIDDEN", "NOT_READABLE_BY_THIS_APP")::contains)
            .count();
    List<String> shuffled = new ArrayList<>(LIST);
    Collections.shuffle(shuffled, new Random(6));
    for (String[] flags :
        List.of(
            new String[] {"--filesPerTable=3", "--targetParallelism=4"},
            new String[] {"--runner=FlinkRunner", "--parallelism=4"})) {
      JobRun again = run("c", shuffled, flags);
      // What has a final answer is not asked again; a 403 may have been lifted meanwhile.
      assertThat(again.err(), again.row().get("requests").asLong(), is(forbidden));
      assertThat(rows(again, true), equalTo(rows));
    }
  }

  private JobRun run(String lake, List<String> list, String... flags) {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
    try (SpotifyStandIn spotify = SpotifyStandIn.start(oneDialect(), StandInOptions.defaults())) {
      List<String> args = new ArrayList<>(List.of(flags));
      args.add("--playlists=" + String.join(",", list));
      args.add("--maxRejected=9");
      Path place = folder.resolve(lake);
      place.toFile().mkdirs();
      JobRun run = JobRun.against(spotify, place, args.toArray(new String[0]));
      assertThat(run.err(), run.exitCode(), is(0));
      return run;
    }
  }

  /** Where dialects are mixed, which fields a song has depends on which answer came last. */
  static MapCatalog oneDialect() {
    MapCatalog catalog = SampleCatalog.create();
    catalog.playlistIds().forEach(id -> catalog.edit(id, list -> list.withDialect(null)));
    return catalog;
  }

  /** A lake's rows as sorted text; INVALID_ID rows carry the place in the list and are left out. */
  static Map<LakeTable, List<String>> rows(JobRun run, boolean withTimes) {
    Map<LakeTable, List<String>> rows = new TreeMap<>();
    for (LakeTable table : LakeTable.values()) {
      if (table != LakeTable.RUN) {
        rows.put(
            table, run.rows(table).stream().map(row -> text(row, withTimes)).sorted().toList());
      }
    }
    return rows;
  }

  /** The rows that one run wrote, of a lake of several days, as sorted text. */
  static Map<LakeTable, List<String>> rowsOf(JobRun run) {
    Map<LakeTable, List<String>> rows = new TreeMap<>();
    for (TableCodec<?> codec : LakeCoders.codecs()) {
      if (codec.table() != LakeTable.RUN) {
        rows.put(codec.table(), run.own(codec).stream().map(Object::toString).sorted().toList());
      }
    }
    return rows;
  }

  private static String text(GenericRecord row, boolean withTimes) {
    Set<String> times = Set.of("fetched_at", "items_read_at", "detailed_at");
    Stream<Schema.Field> columns =
        row.getSchema().getFields().stream()
            .filter(field -> !field.name().equals(LakeTable.RUN_ID))
            .filter(field -> withTimes || !times.contains(field.name()));
    return columns.map(field -> field.name() + "=" + row.get(field.pos())).toList().toString();
  }
}
