package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistEventCodec;
import dev.playlistlake.schema.RejectionCodec;
import dev.playlistlake.schema.SongCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chapters, audiobooks and shows in a playlist: items, but no songs. */
class OtherItemsTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final String ID = "4nT7zK0q1uRtVwX2yZaBcA";

  private final Path folder;

  OtherItemsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({"tracks, track", "items, item"})
  void areKeptAsItems(String container, String field) throws IOException {
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(new MapCatalog(), StandInOptions.defaults())) {
      // On a day that an older version stored, the chapter is a song.
      spotify.scriptAlways(ID, Scripted.json(playlist(container, field, "track")));
      JobRun before = run(DAY, spotify);
      assertThat(column(before, "item_type"), is(List.of("track", "track", "other", "episode")));
      assertThat(songs(before), is(List.of("ch1", "tr1")));

      spotify.clearScripts();
      spotify.scriptAlways(ID, Scripted.json(playlist(container, field, "chapter")));
      JobRun after = run(DAY.plusDays(1), spotify);
      assertThat(column(after, "item_type"), is(List.of("track", "other", "other", "episode")));
      assertThat(column(after, "track_id"), is(List.of("tr1", "null", "null", "null")));
      assertThat(
          column(after, "item_uri"),
          is(List.of("spotify:track:tr1", "spotify:chapter:ch1", "spotify:show:sh1", "null")));
      assertThat(column(after, "item_name"), is(List.of("A song", "One", "A show", "null")));
      assertThat(songs(after), is(List.of("tr1")));
      assertThat(after.own(new RejectionCodec()), is(List.of()));
      assertThat(after.own(new PlaylistEventCodec()), is(List.of()));
      assertThat(after.row().get("schema_version").asInt(), is(2));

      Path other = Files.createDirectories(folder.resolve("other"));
      JobRun replay = JobRun.replay(DAY.plusDays(1), after.lake().resolve("raw"), other);
      for (LakeTable table : List.of(LakeTable.PLAYLIST_ITEM, LakeTable.SONG)) {
        assertThat(PurityIT.rowsOf(replay).get(table), equalTo(PurityIT.rowsOf(after).get(table)));
      }
    }
  }

  private JobRun run(LocalDate day, SpotifyStandIn spotify) {
    JobRun run = JobRun.on(day, spotify, folder, "--playlists=" + ID);
    assertThat(run.err(), run.exitCode(), is(0));
    return run;
  }

  private static List<String> songs(JobRun run) {
    return run.own(new SongCodec()).stream().map(Song::trackId).sorted().toList();
  }

  /** In order of position, of the newest day. */
  private static List<String> column(JobRun run, String name) {
    return run.rows(LakeTable.PLAYLIST_ITEM).stream()
        .filter(row -> run.row().get("run_id").asText().equals(String.valueOf(row.get("run_id"))))
        .sorted((a, b) -> Integer.compare(position(a), position(b)))
        .map(row -> String.valueOf(row.get(name)))
        .toList();
  }

  private static int position(GenericRecord row) {
    return (int) row.get("position");
  }

  private static String playlist(String container, String field, String typeOfChapter) {
    return """
        {"id": "%1$s", "name": "Mixed", "snapshot_id": "s1", "type": "playlist",
         "%2$s": {"total": 4, "next": null, "items": [
          {"%3$s": {"id": "tr1", "type": "track", "uri": "spotify:track:tr1", "name": "A song"}},
          {"%3$s": {"id": "ch1", "type": "%4$s", "uri": "spotify:chapter:ch1", "name": "One"}},
          {"%3$s": {"id": "sh1", "uri": "spotify:show:sh1", "name": "A show"}},
          {"%3$s": {"id": "ep1", "type": "episode"}}]}}
        """
        .formatted(ID, container, field, typeOfChapter);
  }
}
