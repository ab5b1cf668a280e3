package dev.playlistlake.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.testing.RealData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A program that lets the job run on many days in a row, against a stand-in that has real playlists
 * as they were on each. Popularity, release dates, labels, genres, ISRCs and times of adding are
 * not in the archive and made from hashes of the ids.
 */
public final class ArchiveDays {
  /** The archive's first day that is taken. */
  public static final LocalDate FIRST_DAY = LocalDate.parse("2021-06-01");

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> GENRES = List.of("rock", "jazz", "pop", "noise", "choral");

  private final Map<String, JsonNode> tracks = new HashMap<>();
  private final Map<String, NavigableMap<LocalDate, JsonNode>> states = new TreeMap<>();

  private ArchiveDays() {}

  /**
   * Makes a lake; ends with 1 where a run does not publish.
   *
   * @param args a folder, which gets the lake as its folder {@code lake}; the dialect; how many
   *     days, how many playlists, and the date that the first day gets in the lake
   */
  public static void main(String[] args) throws IOException {
    ArchiveDays archive = new ArchiveDays();
    int days = Integer.parseInt(args[2]);
    archive.read(days, Integer.parseInt(args[3]));
    archive.run(Path.of(args[0]), Dialect.valueOf(args[1]), days, LocalDate.parse(args[4]));
    System.exit(0);
  }

  private void read(int days, int playlists) throws IOException {
    for (String line : RealData.lines("playlist-archive/tracks.jsonl.gz")) {
      JsonNode track = MAPPER.readTree(line);
      tracks.put(track.get("track_id").asText(), track);
    }
    for (String line : RealData.lines("playlist-archive/states.jsonl.gz")) {
      JsonNode state = MAPPER.readTree(line);
      LocalDate day =
          OffsetDateTime.parse(state.get("snapshot_at").asText())
              .withOffsetSameInstant(ZoneOffset.UTC)
              .toLocalDate();
      // The file is in the order of time: the last state of a day is the day's.
      states
          .computeIfAbsent(state.get("playlist_id").asText(), id -> new TreeMap<>())
          .put(day, state);
    }
    // Those that change most within the days looked at say most.
    LocalDate end = FIRST_DAY.plusDays(days);
    List<String> busiest =
        states.keySet().stream()
            .sorted(
                Comparator.comparingInt(
                        (String id) ->
                            -Objects.requireNonNull(states.get(id)).subMap(FIRST_DAY, end).size())
                    .thenComparing(Comparator.naturalOrder()))
            .limit(playlists)
            .toList();
    states.keySet().retainAll(new HashSet<>(busiest));
  }

  private void run(Path folder, Dialect dialect, int days, LocalDate firstDay) throws IOException {
    MapCatalog catalog = new MapCatalog();
    Path credentials =
        Files.writeString(
            folder.resolve("credentials.env"),
            "SPOTIFY_CLIENT_ID=sample-client\nSPOTIFY_CLIENT_SECRET=sample-secret\n");
    Files.setPosixFilePermissions(credentials, PosixFilePermissions.fromString("rw-------"));
    StandInOptions options = StandInOptions.defaults().withDialect(dialect);
    try (SpotifyStandIn spotify = SpotifyStandIn.start(catalog, options)) {
      for (int i = 0; i < days; i++) {
        LocalDate archiveDay = FIRST_DAY.plusDays(i);
        for (NavigableMap<LocalDate, JsonNode> ofPlaylist : states.values()) {
          Map.Entry<LocalDate, JsonNode> last = ofPlaylist.floorEntry(archiveDay);
          if (last != null) {
            catalog.put(playlist(last.getValue()));
          }
        }
        Instant morning = firstDay.plusDays(i).atTime(6, 0).toInstant(ZoneOffset.UTC);
        Duration ago = Duration.between(Instant.now(), morning);
        int exitCode =
            PlaylistLake.run(
                new String[] {
                  "--apiUrl=" + spotify.url(),
                  "--accountsUrl=" + spotify.url(),
                  "--credentials=file:" + credentials,
                  "--lake=" + folder.resolve("lake"),
                  "--playlists=" + String.join(",", states.keySet()),
                  "--maxRejected=" + states.size()
                },
                System.out,
                System.err,
                Surroundings.at(Clock.offset(Clock.systemUTC(), ago)));
        if (exitCode != 0) {
          System.exit(1);
        }
      }
    }
  }

  private PlaylistData playlist(JsonNode state) {
    String id = state.get("playlist_id").asText();
    List<ItemData> items = new ArrayList<>();
    for (JsonNode trackId : state.get("track_ids")) {
      JsonNode track = tracks.get(trackId.asText());
      items.add(
          track == null
              ? ItemData.vanished()
              : ItemData.track(
                  FIRST_DAY.minusDays(number(id + trackId, 900)) + "T10:16:49Z",
                  "somebody",
                  track(track)));
    }
    return PlaylistData.of(id, state.path("name").asText(), items)
        .withDescription(text(state, "description"))
        .withSnapshotId(state.get("commit").asText());
  }

  private static TrackData track(JsonNode track) {
    List<ArtistData> artists = new ArrayList<>();
    for (JsonNode artist : track.get("artists")) {
      artists.add(artist(artist));
    }
    String id = track.get("track_id").asText();
    String name = track.path("name").asText();
    return new TrackData(
        id,
        "spotify:track:" + id,
        name,
        track.path("duration_s").asInt() * 1000 + number(id, 1000),
        number("explicit" + id, 5) == 0,
        1,
        number("track" + id, 12) + 1,
        number("popularity" + id, 101),
        // Songs of one name are taken for one recording.
        "QZ" + (1_000_000 + number(name, 9_000_000)),
        album(track.get("album"), artists),
        artists);
  }

  private static ArtistData artist(JsonNode artist) {
    String id = text(artist, "id");
    int number = number("genres" + id, 6);
    return new ArtistData(
        id,
        artist.path("name").asText(),
        number == 5 ? List.of() : GENRES.subList(number % 3, number),
        number("popularity" + id, 101),
        number("followers" + id, 100_000));
  }

  private static AlbumData album(JsonNode album, List<ArtistData> artists) {
    String id = text(album, "id");
    LocalDate released = LocalDate.parse("1970-01-01").plusDays(number("released" + id, 18_000));
    // Not all are known to the day.
    String precision = List.of("year", "month", "day", "day", "day").get(number("kind" + id, 5));
    int length = precision.equals("year") ? 4 : precision.equals("month") ? 7 : 10;
    return new AlbumData(
        id,
        album.path("name").asText(),
        "album",
        released.toString().substring(0, length),
        precision,
        number("tracks" + id, 20) + 1,
        artists,
        "Label " + number("label" + id, 40),
        number("popularity" + id, 101),
        null);
  }

  private static int number(String text, int below) {
    return Math.floorMod(text.hashCode() * 0x9E3779B1, below);
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.path(field).textValue();
  }
}
