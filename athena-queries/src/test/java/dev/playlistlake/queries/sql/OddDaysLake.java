package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.joining;

import dev.playlistlake.testing.TablesAsLake;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A lake of invented playlists whose days are odd: some are missing, and each playlist meets
 * another fate. Items change from day to day whether the playlist is read or not; a STALE day has
 * the rows of the day before. Always the same.
 *
 * <p>Files of older days lack the columns {@code song.artist_names} and {@code
 * song.main_artist_id}. Some songs have artists without a name or an id, or none.
 */
@SuppressWarnings("NullAway") // every playlist has contents
final class OddDaysLake {
  private static final LocalDate FIRST_DAY = LocalDate.parse("2026-09-30");

  /** Days after it. The last one is a Thursday, so the last week is running. */
  private static final int LAST = 43;

  private static final int MOST_ITEMS = 14;

  /** What becomes of a playlist from day to day. */
  enum Fate {
    ALWAYS_READ,
    STALE_FIRST,
    STALE_LAST,
    NEVER_READ,
    BY_CHANCE,
    BY_CHANCE_TOO,
    COMES_BACK,
    GONE,
    READ_ONCE,
    INCOMPLETE_FIRST,
    CLOSED;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Null where the lake has no row. */
    @Nullable String status(int day, Random random) {
      String read = random.nextInt(3) == 0 ? "UNCHANGED" : "READ";
      return switch (this) {
        case ALWAYS_READ -> read;
        case STALE_FIRST -> day < 6 ? "STALE" : read;
        case STALE_LAST -> day > LAST - 6 ? "STALE" : read;
        case NEVER_READ -> "STALE";
        case BY_CHANCE, BY_CHANCE_TOO ->
            switch (random.nextInt(8)) {
              case 0, 1, 2 -> "STALE";
              case 3 -> "INCOMPLETE";
              case 4 -> "METADATA_ONLY";
              default -> read;
            };
        case COMES_BACK -> day > 10 && day < 20 ? null : read;
        case GONE -> day > 15 ? null : read;
        case READ_ONCE -> day == LAST - 3 ? "READ" : day > LAST - 3 ? "STALE" : null;
        case INCOMPLETE_FIRST -> day < 8 ? "INCOMPLETE" : read;
        case CLOSED -> "METADATA_ONLY";
      };
    }
  }

  private final Random random = new Random(20261130);
  private final Map<Fate, List<String>> contents = new LinkedHashMap<>();
  private final Map<Fate, List<String>> stored = new LinkedHashMap<>();

  private OddDaysLake() {}

  static Path write(Path lake) throws SQLException, IOException {
    new OddDaysLake().writeDays(lake);
    return lake;
  }

  private void writeDays(Path lake) throws SQLException, IOException {
    for (Fate fate : Fate.values()) {
      List<String> items = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        items.add(anyItem());
      }
      if (fate == Fate.GONE) {
        items.addAll(List.of("U", "V")); // in no other playlist
      }
      contents.put(fate, items);
    }
    for (int day = 0; day <= LAST; day++) {
      contents.values().forEach(this::change);
      if (day == 0 || day == LAST || random.nextInt(5) > 0) {
        writeDay(lake, day);
      } else if (random.nextBoolean()) {
        writeFailure(lake, day);
      }
    }
  }

  private void writeDay(Path lake, int day) throws SQLException, IOException {
    String date = FIRST_DAY.plusDays(day).toString();
    boolean isOld = day < LAST / 2;
    try (TablesAsLake tables = new TablesAsLake()) {
      if (isOld) {
        tables.execute("ALTER TABLE song DROP COLUMN artist_names");
        tables.execute("ALTER TABLE song DROP COLUMN main_artist_id");
      }
      Set<String> songs = new LinkedHashSet<>();
      for (Fate fate : Fate.values()) {
        String status = fate.status(day, random);
        if (status == null) {
          stored.remove(fate);
          continue;
        }
        List<String> items =
            switch (status) {
              case "STALE" -> stored.getOrDefault(fate, contents.get(fate));
              case "INCOMPLETE" -> contents.get(fate).subList(0, 3);
              case "METADATA_ONLY" -> List.of();
              default -> contents.get(fate);
            };
        stored.put(fate, List.copyOf(items));
        tables.insert(
            "playlist (playlist_id, name, read_status, item_count, total_count, followers)",
            "('%s', '%s of %s', '%s', %d, %d, %s)"
                .formatted(
                    fate.id(),
                    fate,
                    day / 20,
                    status,
                    items.size(),
                    contents.get(fate).size(),
                    fate == Fate.COMES_BACK ? "NULL" : 100 + day * fate.ordinal()));
        for (int i = 0; i < items.size(); i++) {
          insertItem(tables, fate, i, items.get(i), date);
          if (isSong(items.get(i))) {
            songs.add(items.get(i));
          }
        }
      }
      for (String song : songs) {
        insertSong(tables, song, day, isOld);
      }
      insertAlbums(tables, songs);
      tables.insertRun(date, "PUBLISHED");
      tables.write(lake, date, date.replace("-", "") + "T060000Z-0001");
    }
  }

  private static void writeFailure(Path lake, int day) throws SQLException, IOException {
    String date = FIRST_DAY.plusDays(day).toString();
    try (TablesAsLake tables = new TablesAsLake()) {
      tables.insertRun(date, "AUDIT_FAILED");
      tables.write(lake, date, date.replace("-", "") + "T060000Z-0001");
    }
  }

  /** Capital letters are songs, digits are no songs. */
  private static boolean isSong(String item) {
    return Character.isLetter(item.charAt(0));
  }

  private String anyItem() {
    int number = random.nextInt(24);
    return number < 20 ? String.valueOf((char) ('A' + number)) : String.valueOf(number - 20);
  }

  private void change(List<String> items) {
    for (int i = random.nextInt(4); i > 0; i--) {
      int place = random.nextInt(items.size());
      if (random.nextInt(3) == 0) {
        items.add(place, items.remove(random.nextInt(items.size())));
      } else if (items.size() > 5 && (random.nextBoolean() || items.size() > MOST_ITEMS)) {
        items.remove(place);
      } else {
        items.add(place, anyItem());
      }
    }
  }

  private static void insertItem(
      TablesAsLake tables, Fate fate, int position, String item, String date) throws SQLException {
    String track = isSong(item) ? "t" + item : null;
    String type =
        switch (item) {
          case "0" -> "episode";
          case "1" -> "local";
          case "2", "3" -> "unavailable";
          default -> "track";
        };
    String uri =
        type.equals("unavailable")
            ? null
            : "spotify:" + type + ":" + (track == null ? item : track);
    tables.insert(
        "playlist_item (playlist_id, position, item_type, track_id, item_uri, item_name, added_at,"
            + " added_by)",
        values(
            fate.id(),
            position,
            type,
            track,
            uri,
            uri == null ? null : "Item " + item,
            date + " 05:00:00Z",
            position % 3 == 0 ? null : "user" + position % 2));
    if (item.equals("3")) {
      tables.insert(
          "rejected (stage, subject_type, playlist_id, position, reason)",
          values("PARSE", "item", fate.id(), position, "ITEM_UNREADABLE"));
    }
  }

  private static void insertSong(TablesAsLake tables, String song, int day, boolean isOld)
      throws SQLException {
    int number = song.charAt(0) - 'A';
    List<String[]> artists = artists(number);
    String list =
        artists == null
            ? "NULL"
            : artists.stream()
                .map(
                    artist ->
                        "{'artist_id': %s, 'name': %s}"
                            .formatted(literal(artist[0]), literal(artist[1])))
                .collect(joining(", ", "[", "]"));
    Stream<String> names =
        artists == null ? Stream.of() : artists.stream().map(artist -> artist[1]);
    String joined = names.filter(name -> name != null).collect(joining(", "));
    String columns = "song (track_id, name, isrc, album_id, popularity, artists";
    String row =
        "('t%s', 'Song %s', %s, 'b%d', %d, %s"
            .formatted(
                song,
                song,
                number % 4 == 3 ? "NULL" : "'qz-%03d'".formatted(number / 2),
                number % 6,
                number == 5 ? 40 : (number * 7 + day * (number % 3)) % 101,
                list);
    tables.insert(
        isOld ? columns + ")" : columns + ", artist_names, main_artist_id)",
        isOld
            ? row + ")"
            : "%s, %s, %s)"
                .formatted(
                    row,
                    joined.isEmpty() ? "NULL" : literal(joined),
                    artists == null || artists.isEmpty() ? "NULL" : literal(artists.get(0)[0])));
  }

  /** Ids and names; null where the song has no list. */
  private static @Nullable List<String[]> artists(int song) {
    String[] one = {"a" + song % 5, "Artist " + song % 5};
    String[] other = {"a" + (song + 1) % 5, "Artist's " + (song + 1) % 5};
    return switch (song) {
      case 3 -> null;
      case 4 -> List.of();
      case 6 -> List.<String[]>of(new String[] {"a1", null});
      case 7 -> List.of(new String[] {null, "Guest"}, one);
      case 8 -> List.of(one, new String[] {"a4", null}, other);
      case 9 -> List.of(one, one);
      default -> song % 2 == 0 ? List.<String[]>of(one) : List.of(one, other);
    };
  }

  private static void insertAlbums(TablesAsLake tables, Set<String> songs) throws SQLException {
    Set<Integer> albums = new LinkedHashSet<>();
    songs.forEach(song -> albums.add((song.charAt(0) - 'A') % 6));
    for (int album : albums) {
      tables.insert(
          "album (album_id, name, label)",
          values("b" + album, "Album " + album, album % 3 == 0 ? null : "Label " + album % 2));
    }
    for (int artist = 0; artist < 5; artist++) {
      tables.insert("artist (artist_id, name)", values("a" + artist, "Artist " + artist));
    }
  }

  private static String values(@Nullable Object... values) {
    return Stream.of(values)
        .map(value -> value instanceof Integer ? value.toString() : literal((String) value))
        .collect(joining(", ", "(", ")"));
  }

  private static String literal(@Nullable String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
  }
}
