package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.ItemType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Song;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.SongCodec;
import dev.playlistlake.schema.TableCodec;
import dev.playlistlake.testing.RealData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 139 real playlists through the whole program, in both dialects, compared cell for cell. */
@SuppressWarnings("NullAway") // a null fails the test
@LongProof
class ArchiveIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ADDED_AT = "2021-09-28T10:16:49Z";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void everyCellArrives(Dialect dialect) {
    List<JsonNode> archive =
        RealData.lines("playlist-archive/latest.jsonl.gz").stream().map(ArchiveIT::json).toList();
    MapCatalog catalog = new MapCatalog();
    archive.forEach(playlist -> catalog.put(playlist(playlist)));
    StandInOptions options = StandInOptions.defaults().withDialect(dialect);
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, options)) {
      Path list =
          JobRun.write(
              folder.resolve("playlists.txt"),
              String.join("\n", archive.stream().map(node -> text(node, "playlist_id")).toList()));
      JobRun run = JobRun.against(spotify, folder, "--playlists=" + list, "--filesPerTable=2");
      assertThat(run.err(), run.exitCode(), is(0));
      assertThat(run.rows(LakeTable.REJECTED), is(empty()));
      assertPlaylists(archive, rows(run, new PlaylistCodec()));
      assertItems(archive, rows(run, new PlaylistItemCodec()));
      assertSongs(archive, rows(run, new SongCodec()));
      Set<String> albums =
          assertNames(
              ids(archive, track -> List.of(track.get("album"))),
              run,
              new AlbumCodec(),
              album -> Map.entry(album.albumId(), String.valueOf(album.name())));
      Set<String> artists =
          assertNames(
              ids(archive, track -> elements(track.get("artists"))),
              run,
              new ArtistCodec(),
              artist -> Map.entry(artist.artistId(), String.valueOf(artist.name())));
      // A refused batch is confirmed once.
      int details =
          dialect == Dialect.RESTRICTED ? 2 : ceil(albums.size(), 20) + ceil(artists.size(), 50);
      assertThat(spotify.apiRequests(), is(fewestForPlaylists(archive, dialect) + details));
      assertThat(run.row().get("requests").asInt(), is(spotify.apiRequests()));
    }
  }

  private static int fewestForPlaylists(List<JsonNode> archive, Dialect dialect) {
    int pageSize = dialect == Dialect.EXTENDED ? 100 : 50;
    int requests = 0;
    for (JsonNode playlist : archive) {
      int items = playlist.get("tracks").size();
      requests += items <= 100 ? 1 : 1 + ceil(items - 100, pageSize) + 1;
    }
    return requests;
  }

  private static int ceil(int number, int size) {
    return (number + size - 1) / size;
  }

  private static void assertPlaylists(List<JsonNode> archive, List<Playlist> rows) {
    Map<String, Playlist> byId = new HashMap<>();
    rows.forEach(row -> byId.put(row.playlistId(), row));
    assertThat(rows.size(), is(archive.size()));
    for (JsonNode expected : archive) {
      Playlist row = byId.get(text(expected, "playlist_id"));
      int items = expected.get("tracks").size();
      assertThat(row.name(), equalTo(text(expected, "name")));
      assertThat(row.description(), equalTo(text(expected, "description")));
      assertThat(row.snapshotId(), equalTo(text(expected, "commit")));
      assertThat(row.readStatus(), is(ReadStatus.READ));
      assertThat(row.itemCount(), is(items));
      assertThat(row.totalCount(), is(items));
      assertThat(row.itemsReadAt() == null, is(false));
    }
  }

  private static void assertItems(List<JsonNode> archive, List<PlaylistItem> rows) {
    Set<List<@Nullable Object>> expected = new HashSet<>();
    for (JsonNode playlist : archive) {
      for (JsonNode track : playlist.get("tracks")) {
        String id = text(track, "track_id");
        expected.add(
            List.of(
                text(playlist, "playlist_id"),
                track.get("position").asInt(),
                ItemType.TRACK,
                id,
                "spotify:track:" + id,
                text(track, "name"),
                ADDED_AT,
                "somebody"));
      }
    }
    Set<List<@Nullable Object>> arrived = new HashSet<>();
    for (PlaylistItem row : rows) {
      arrived.add(
          List.of(
              row.playlistId(),
              row.position(),
              row.itemType(),
              row.trackId(),
              row.itemUri(),
              row.itemName(),
              row.addedAt().toString(),
              row.addedBy()));
    }
    assertThat(rows.size(), is(expected.size()));
    assertThat(arrived.equals(expected), is(true));
  }

  /** Playlists were stored on different days: a song is as one of them shows it. */
  private static void assertSongs(List<JsonNode> archive, List<Song> rows) {
    Map<String, Set<List<Object>>> sightings = new HashMap<>();
    for (JsonNode playlist : archive) {
      for (JsonNode track : playlist.get("tracks")) {
        List<ArtistRef> artists = new ArrayList<>();
        track
            .get("artists")
            .forEach(
                artist -> artists.add(new ArtistRef(text(artist, "id"), text(artist, "name"))));
        sightings
            .computeIfAbsent(text(track, "track_id"), id -> new HashSet<>())
            .add(
                List.of(
                    text(track, "name"),
                    String.valueOf(duration(track)),
                    String.valueOf(text(track.get("album"), "id")),
                    artists));
      }
    }
    assertThat(rows.size(), is(sightings.size()));
    for (Song row : rows) {
      assertThat(
          sightings.get(row.trackId()),
          hasItem(
              List.<Object>of(
                  row.name(),
                  String.valueOf(row.durationMs()),
                  String.valueOf(row.albumId()),
                  row.artists())));
    }
  }

  private static Map<String, Set<String>> ids(
      List<JsonNode> archive, Function<JsonNode, List<JsonNode>> named) {
    Map<String, Set<String>> names = new TreeMap<>();
    for (JsonNode playlist : archive) {
      for (JsonNode track : playlist.get("tracks")) {
        for (JsonNode one : named.apply(track)) {
          String id = text(one, "id");
          if (id != null) {
            names.computeIfAbsent(id, unused -> new TreeSet<>()).add(text(one, "name"));
          }
        }
      }
    }
    return names;
  }

  /** Every row is named by the archive, under a name that the archive gives it; returns the ids. */
  private static <T> Set<String> assertNames(
      Map<String, Set<String>> names,
      JobRun run,
      TableCodec<T> codec,
      Function<T, Map.Entry<String, String>> idAndName) {
    Set<String> found = new TreeSet<>();
    for (T row : rows(run, codec)) {
      Map.Entry<String, String> entry = idAndName.apply(row);
      assertThat(found.add(entry.getKey()), is(true));
      assertThat(names.get(entry.getKey()), hasItem(entry.getValue()));
    }
    return found;
  }

  static <T> List<T> rows(JobRun run, TableCodec<T> codec) {
    return run.rows(codec.table()).stream().map(codec::fromRow).toList();
  }

  private static PlaylistData playlist(JsonNode node) {
    List<ItemData> items = new ArrayList<>();
    for (JsonNode track : node.get("tracks")) {
      List<ArtistData> artists = new ArrayList<>();
      track.get("artists").forEach(artist -> artists.add(artist(artist)));
      JsonNode album = track.get("album");
      String id = text(track, "track_id");
      items.add(
          ItemData.track(
              ADDED_AT,
              "somebody",
              new TrackData(
                  id,
                  "spotify:track:" + id,
                  text(track, "name"),
                  duration(track),
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
                      null,
                      null,
                      null),
                  artists)));
    }
    String id = text(node, "playlist_id");
    return new PlaylistData(
        id,
        text(node, "name"),
        text(node, "description"),
        "owner",
        "Owner",
        true,
        false,
        1,
        text(node, "commit"),
        null,
        items,
        Access.OPEN,
        null);
  }

  private static ArtistData artist(JsonNode artist) {
    return new ArtistData(text(artist, "id"), text(artist, "name"), List.of(), null, null);
  }

  private static @Nullable Integer duration(JsonNode track) {
    JsonNode seconds = track.get("duration_s");
    return seconds == null || seconds.isNull() ? null : (Integer) (seconds.asInt() * 1000);
  }

  private static List<JsonNode> elements(JsonNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(elements::add);
    return elements;
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
