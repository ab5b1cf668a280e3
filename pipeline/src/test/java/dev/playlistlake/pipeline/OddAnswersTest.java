package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever Spotify answers: the run is published, and each gap is a row. */
class OddAnswersTest {
  private final Path folder;

  OddAnswersTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void answersThatAreNoPlaylist() {
    Map<String, Scripted> answers = new LinkedHashMap<>();
    answers.put(id(1), Scripted.status(200, "<html><body>Bad gateway</body></html>"));
    answers.put(id(2), Scripted.json(""));
    answers.put(id(3), Scripted.json("[]"));
    answers.put(id(4), Scripted.json("{\"id\":\"x\",\"tracks\":\"many\"}"));
    answers.put(
        id(5), Scripted.json("{\"id\":\"x\",\"tracks\":{\"items\":[],\"total\":2147483647}}"));
    answers.put(id(6), Scripted.status(400, "{\"error\":{\"status\":400}}"));
    answers.put(id(7), Scripted.status(302, "").withHeader("Location", "https://example.org/"));
    answers.put(id(8), Scripted.bytes(200, new byte[] {0, 1, 2}, "application/octet-stream"));
    answers.put(id(9), Scripted.json("{\"id\":null,\"name\":null,\"tracks\":null}"));
    MapCatalog catalog = SampleCatalog.create();
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults())) {
      answers.forEach(spotify::scriptAlways);
      JobRun run =
          JobRun.against(
              spotify,
              folder,
              "--playlists=" + SampleCatalog.SUNSET + "," + String.join(",", answers.keySet()));
      assertThat(run.err(), run.exitCode(), is(3));
      Map<String, String> reasons = new TreeMap<>();
      for (GenericRecord row : run.rows(LakeTable.REJECTED)) {
        reasons.put(String.valueOf(row.get("subject_id")), String.valueOf(row.get("reason")));
      }
      assertThat(reasons.keySet(), is(answers.keySet()));
      assertThat(reasons.values(), everyItem(is("MALFORMED_ANSWER")));
      assertThat(run.row().get("playlists_rejected").asInt(), is(9));
      assertThat(run.row().get("playlists_read").asInt(), is(1));
      assertThat(run.column(LakeTable.PLAYLIST, "playlist_id"), is(List.of(SampleCatalog.SUNSET)));
      assertThat(run.err(), not(containsString("\tat ")));
    }
  }

  /** One run with everything of the wrong type that still leaves a playlist. */
  @Test
  void fieldsOfWrongTypes() {
    String body =
        """
        {"id": 7, "name": null, "description": 7, "owner": null, "public": "yes", "followers": 3,
         "snapshot_id": ["x"], "images": [null], "external_urls": "u",
         "tracks": {"total": "6", "next": null, "items": [
          null,
          {"added_at": "never", "added_by": 7, "track": {"id": "tA", "name": 7, "album": "b",
            "artists": {"id": "r"}, "duration_ms": "212000", "popularity": "55.0"}},
          {"track": {"id": 12345, "uri": "spotify:track:12345"}},
          {"track": {"id": "a,b", "uri": "spotify:track:a,b"}},
          {"track": {"id": "tB", "album": {"id": "../../../escaped", "name": "x"},
            "artists": [{"id": "a/b"}, {"id": "rC"}, null, 7]}},
          7]}}
        """;
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(new MapCatalog(), StandInOptions.defaults())) {
      spotify.scriptAlways(id(1), Scripted.json(body));
      JobRun run = JobRun.against(spotify, folder, "--playlists=" + id(1));
      assertThat(run.err(), run.exitCode(), is(0));
      assertThat(
          run.column(LakeTable.PLAYLIST_ITEM, "item_type"),
          is(
              List.of(
                  "track", "track", "unavailable", "unavailable", "unavailable", "unavailable")));
      assertThat(run.column(LakeTable.SONG, "track_id"), is(List.of("tA", "tB")));
      assertThat(run.column(LakeTable.SONG, "duration_ms"), is(List.of("212000", "null")));
      assertThat(run.column(LakeTable.SONG, "popularity"), is(List.of("55", "null")));
      assertThat(run.column(LakeTable.ALBUM, "album_id"), is(List.of()));
      assertThat(run.column(LakeTable.ARTIST, "artist_id"), is(List.of("rC")));
      List<String> unreadable = new ArrayList<>();
      for (GenericRecord row : run.rows(LakeTable.REJECTED)) {
        if (String.valueOf(row.get("reason")).equals("ITEM_UNREADABLE")) {
          unreadable.add(String.valueOf(row.get("position")));
        }
      }
      assertThat(unreadable.stream().sorted().toList(), is(List.of("2", "3", "5")));
      assertThat(run.column(LakeTable.PLAYLIST, "name"), is(List.of("null")));
      assertThat(run.column(LakeTable.PLAYLIST, "total_count"), is(List.of("6")));
    }
  }

  @Test
  void namesAndDatesOfAnyKind() {
    List<String> names =
        List.of(
            "x".repeat(5_000),
            "tab\tnewline\nbell\u0007nul\0escape\u001b[31m",
            "🎧🇩🇪👩‍👩‍👧",
            "\u202eأغاني الغروب\u202c",
            "quote\"back\\slash'",
            "");
    List<String> dates =
        List.of("0000", "2021", "2021-02", "2021-02-30", "2021-02-28", "once upon a time");
    List<ItemData> items = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ArtistData artist = new ArtistData(id(300 + i), names.get(i), List.of(), 1, 1);
      AlbumData album =
          new AlbumData(
              id(200 + i),
              names.get(i),
              "album",
              dates.get(i),
              "day",
              1,
              List.of(artist),
              null,
              null,
              null);
      items.add(
          ItemData.track(
              "2020-01-01T00:00:00Z",
              names.get(i),
              new TrackData(
                  id(100 + i),
                  "spotify:track:" + id(100 + i),
                  names.get(i),
                  1,
                  false,
                  1,
                  1,
                  1,
                  null,
                  album,
                  List.of(artist))));
    }
    MapCatalog catalog = new MapCatalog().put(PlaylistData.of(id(1), names.get(1), items));
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults())) {
      JobRun run = JobRun.against(spotify, folder, "--playlists=" + id(1));
      assertThat(run.err(), run.exitCode(), is(0));
      List<String> sorted = names.stream().sorted().toList();
      assertThat(run.column(LakeTable.SONG, "name"), is(sorted));
      assertThat(run.column(LakeTable.ALBUM, "name"), is(sorted));
      assertThat(run.column(LakeTable.ARTIST, "name"), is(sorted));
      assertThat(run.column(LakeTable.PLAYLIST, "name"), is(List.of(names.get(1))));
      assertThat(run.column(LakeTable.ALBUM, "release_date"), is(dates.stream().sorted().toList()));
      assertThat(
          run.column(LakeTable.ALBUM, "release_year"),
          is(List.of("2021", "2021", "2021", "2021", "null", "null")));
      assertThat(
          run.column(LakeTable.ALBUM, "released_on").stream().filter("null"::equals).toList(),
          hasSize(5));
      assertThat(run.err(), not(containsString("\u001b")));
    }
  }

  @Test
  void aSnapshotIdThatDiffersEveryTime() {
    AtomicInteger number = new AtomicInteger();
    StandInOptions options =
        StandInOptions.defaults().withSnapshotIds(() -> "snapshot-" + number.incrementAndGet());
    try (SpotifyStandIn spotify = SpotifyStandIn.start(SampleCatalog.create(), options)) {
      JobRun run =
          JobRun.against(spotify, folder, "--playlists=" + SampleCatalog.COMMUTE, "--enrich=none");
      assertThat(run.err(), run.exitCode(), is(0));
      assertThat(run.column(LakeTable.PLAYLIST, "read_status"), is(List.of("READ")));
      assertThat(spotify.apiRequests(), is(1 + 2 + 1));
    }
  }

  @Test
  void nobodyAnswers() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      Path credentials = JobRun.credentials(folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET);
      String nowhere = "http://127.0.0.1:" + port;
      for (String accounts : List.of(spotify.url().toString(), nowhere)) {
        JobRun run =
            JobRun.of(
                "--apiUrl=" + nowhere,
                "--accountsUrl=" + accounts,
                "--credentials=file:" + credentials,
                "--lake=" + folder.resolve("lake"),
                "--playlists=" + SampleCatalog.COMMUTE + "," + SampleCatalog.EMPTY);
        assertThat(run.err(), run.exitCode(), is(7));
        assertThat(run.row().get("status").asText(), is("UNREACHABLE"));
        assertThat(run.row().get("playlist_rows").asInt(), is(0));
        assertThat(run.err(), containsString("no complete response"));
        assertThat(run.err(), not(containsString("\tat ")));
      }
    }
  }

  @Test
  void someEntriesAreNoPlaylists() {
    String album = "https://open.spotify.com/album/" + id(5);
    Path list =
        JobRun.write(
            folder.resolve("list.csv"),
            "name;playlist_url\na;" + SampleCatalog.EMPTY + "\nb;" + album + "\nc;\"no\nid\"\n");
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(SampleCatalog.create(), StandInOptions.defaults())) {
      JobRun run = JobRun.against(spotify, folder, "--playlists=" + list);
      // More of them than playlists: it may be the wrong file.
      assertThat(run.err(), run.exitCode(), is(3));
      assertThat(run.column(LakeTable.REJECTED, "reason"), everyItem(is("INVALID_ID")));
      assertThat(run.column(LakeTable.REJECTED, "subject_id"), is(List.of(album, "no\nid")));
      assertThat(run.column(LakeTable.REJECTED, "position"), is(List.of("1", "2")));
      assertThat(run.row().get("playlists_listed").asInt(), is(1));
      assertThat(
          run.errLines(),
          hasItem("  rejected 1 playlist INVALID_ID: not a playlist id, URI or URL (no id)"));
    }
  }

  private static String id(int number) {
    return String.format(Locale.ROOT, "%022d", number);
  }
}
