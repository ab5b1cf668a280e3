package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistEventCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.testing.NaiveEvents;
import dev.playlistlake.testing.RealData;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real playlists as they changed from day to day, through the whole program: what is published, the
 * events, what it costs, and the same once more from the stored answers.
 *
 * <p>{@code -Dplaylistlake.days=60 -Dplaylistlake.playlists=139} takes all of them for two months.
 */
@SuppressWarnings("NullAway") // a null fails the test
@LongProof
class ArchiveDaysIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final LocalDate FIRST_DAY = LocalDate.parse("2021-06-01");
  private static final int DAYS = Integer.getInteger("playlistlake.days", 6);
  private static final int PLAYLISTS = Integer.getInteger("playlistlake.playlists", 20);

  @TempDir Path folder;

  private final Map<String, JsonNode> tracks = new HashMap<>();
  private final Map<String, NavigableMap<LocalDate, JsonNode>> states = new TreeMap<>();
  private final MapCatalog catalog = new MapCatalog();

  @Test
  void daysArriveWithTheirEventsAndReplayAlike() {
    readArchive();
    List<Map<LakeTable, List<String>>> published = new ArrayList<>();
    long asked = 0;
    long everything = 0;
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, StandInOptions.defaults())) {
      for (int i = 0; i < DAYS; i++) {
        LocalDate day = FIRST_DAY.plusDays(i);
        Map<String, JsonNode> today = statesOn(day);
        Map<String, JsonNode> before = i == 0 ? Map.of() : statesOn(day.minusDays(1));
        today.values().forEach(state -> catalog.put(playlist(state)));
        spotify.clearLog();
        JobRun run =
            JobRun.on(
                day,
                spotify,
                folder,
                "--playlists=" + String.join(",", states.keySet()),
                "--maxRejected=" + PLAYLISTS);
        assertThat(run.err(), run.exitCode(), is(0));
        assertThat(run.row().get("playlist_rows").asInt(), is(today.size()));
        assertThat(items(run), equalTo(items(today)));
        assertThat(
            sorted(run.own(new PlaylistEventCodec())),
            equalTo(sorted(events(before, today, i == 0 ? null : day.minusDays(1)))));
        int requests = spotify.apiRequests();
        assertThat(run.row().get("requests").asInt(), is(requests));
        int all = requestsForEverything(today, states.size() - today.size());
        System.out.printf(
            "%s: %d requests, ask everything %d; %d events, %d unchanged%n",
            day,
            requests,
            all,
            run.row().get("playlist_event_rows").asInt(),
            run.row().get("playlists_unchanged").asInt());
        asked += requests;
        everything += all;
        published.add(PurityIT.rowsOf(run));
      }
    }
    System.out.printf(
        "%d days of %d playlists: %,d requests, ask everything %,d (%.0f %%)%n",
        DAYS, states.size(), asked, everything, 100.0 * asked / everything);
    assertThat(asked, lessThan(everything));
    replay(published);
  }

  private void replay(List<Map<LakeTable, List<String>>> published) {
    Path raw = folder.resolve("lake").resolve("raw");
    Path again = folder.resolve("again");
    again.toFile().mkdirs();
    for (int i = 0; i < DAYS; i++) {
      JobRun run = JobRun.replay(FIRST_DAY.plusDays(i), raw, again, "--maxRejected=" + PLAYLISTS);
      assertThat(run.err(), run.exitCode(), is(0));
      assertThat(run.row().get("requests").asInt(), is(0));
      Map<LakeTable, List<String>> rows = PurityIT.rowsOf(run);
      for (LakeTable table : rows.keySet()) {
        // Table by table: a difference is to be readable.
        assertThat(
            FIRST_DAY.plusDays(i) + " " + table,
            rows.get(table),
            equalTo(published.get(i).get(table)));
      }
    }
  }

  private void readArchive() {
    for (String line : RealData.lines("playlist-archive/tracks.jsonl.gz")) {
      JsonNode track = json(line);
      tracks.put(text(track, "track_id"), track);
    }
    for (String line : RealData.lines("playlist-archive/states.jsonl.gz")) {
      JsonNode state = json(line);
      LocalDate day =
          OffsetDateTime.parse(text(state, "snapshot_at"))
              .withOffsetSameInstant(ZoneOffset.UTC)
              .toLocalDate();
      // The file is in the order of time: the last state of a day is the day's.
      states.computeIfAbsent(text(state, "playlist_id"), id -> new TreeMap<>()).put(day, state);
    }
    // Those that change most within the days looked at say most.
    LocalDate end = FIRST_DAY.plusDays(DAYS);
    List<String> busiest =
        states.keySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (String id) -> -states.get(id).subMap(FIRST_DAY, end).size())
                    .thenComparing(Comparator.naturalOrder()))
            .limit(PLAYLISTS)
            .toList();
    states.keySet().retainAll(new HashSet<>(busiest));
    assertThat(states.size(), is(PLAYLISTS));
  }

  /** The playlists that there are on a day, as they stand at its end. */
  private Map<String, JsonNode> statesOn(LocalDate day) {
    Map<String, JsonNode> today = new TreeMap<>();
    states.forEach(
        (id, ofPlaylist) -> {
          Map.Entry<LocalDate, JsonNode> last = ofPlaylist.floorEntry(day);
          if (last != null) {
            today.put(id, last.getValue());
          }
        });
    return today;
  }

  private List<PlaylistEvent> events(
      Map<String, JsonNode> before, Map<String, JsonNode> today, LocalDate previousDay) {
    return NaiveEvents.between(
        rows(before),
        items(before),
        rows(today),
        items(today),
        Set.of(),
        previousDay == null ? null : previousDay.toString());
  }

  private static List<Playlist> rows(Map<String, JsonNode> states) {
    List<Playlist> rows = new ArrayList<>();
    states.forEach(
        (id, state) ->
            rows.add(
                new Playlist(
                    id,
                    text(state, "name"),
                    text(state, "description"),
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    state.get("track_ids").size(),
                    null,
                    null,
                    null,
                    ReadStatus.READ,
                    null,
                    null)));
    return rows;
  }

  private List<PlaylistItem> items(Map<String, JsonNode> states) {
    List<PlaylistItem> items = new ArrayList<>();
    states.forEach(
        (id, state) -> {
          int position = 0;
          for (JsonNode trackId : state.get("track_ids")) {
            String track = trackId.asText();
            items.add(
                new PlaylistItem(
                    id,
                    position++,
                    ItemType.TRACK,
                    track,
                    "spotify:track:" + track,
                    text(tracks.get(track), "name"),
                    null,
                    null));
          }
        });
    return items;
  }

  private static List<PlaylistItem> items(JobRun run) {
    return run.own(new PlaylistItemCodec()).stream()
        .sorted(
            Comparator.comparing(PlaylistItem::playlistId).thenComparing(PlaylistItem::position))
        .toList();
  }

  private static List<String> sorted(List<PlaylistEvent> events) {
    return events.stream().map(PlaylistEvent::toString).sorted().toList();
  }

  /** What a day costs who knows of no day before. */
  private int requestsForEverything(Map<String, JsonNode> today, int missing) {
    int requests = 2 * missing;
    Set<String> albums = new HashSet<>();
    Set<String> artists = new HashSet<>();
    for (JsonNode state : today.values()) {
      int items = state.get("track_ids").size();
      requests += items <= 100 ? 1 : 1 + ceil(items - 100, 100) + 1;
      for (JsonNode trackId : state.get("track_ids")) {
        JsonNode track = tracks.get(trackId.asText());
        albums.add(text(track.get("album"), "id"));
        track.get("artists").forEach(artist -> artists.add(text(artist, "id")));
      }
    }
    albums.remove(null);
    artists.remove(null);
    return requests + ceil(albums.size(), 20) + ceil(artists.size(), 50);
  }

  private static int ceil(int number, int size) {
    return (number + size - 1) / size;
  }

  private PlaylistData playlist(JsonNode state) {
    List<ItemData> items = new ArrayList<>();
    for (JsonNode trackId : state.get("track_ids")) {
      items.add(item(tracks.get(trackId.asText())));
    }
    return PlaylistData.of(text(state, "playlist_id"), text(state, "name"), items)
        .withDescription(text(state, "description"))
        .withSnapshotId(text(state, "commit"));
  }

  private static ItemData item(JsonNode track) {
    List<ArtistData> artists = new ArrayList<>();
    for (JsonNode artist : track.get("artists")) {
      artists.add(new ArtistData(text(artist, "id"), text(artist, "name"), List.of(), null, null));
    }
    JsonNode album = track.get("album");
    String id = text(track, "track_id");
    return ItemData.track(
        null,
        null,
        new TrackData(
            id,
            "spotify:track:" + id,
            text(track, "name"),
            track.path("duration_s").asInt() * 1000,
            false,
            null,
            null,
            null,
            null,
            new AlbumData(
                text(album, "id"),
                text(album, "name"),
                "album",
                null,
                null,
                null,
                artists,
                "Label",
                null,
                null),
            artists));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }

  private static JsonNode json(String line) {
    try {
      return MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
