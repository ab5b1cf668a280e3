package dev.playlistlake.glue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.playlistlake.queries.sql.SqlFiles;
import dev.playlistlake.schema.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A question about one day reads that day's files, however many days the lake has. The days are
 * known from the table {@code run} alone, which is small and read whole, as often as a query names
 * it; all other bytes are counted here.
 *
 * <p>{@code -Dplaylistlake.longLakeDays=365} makes a year of it, and asks all reports about a day
 * instead of a few.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class PruningIT {
  private static final int DAYS = Integer.getInteger("playlistlake.longLakeDays", 30);
  private static final boolean ALL = DAYS > 30;
  private static final int PLAYLISTS = 20;

  private static final Set<String> SOME =
      Set.of("most_popular_tracks", "playlist_as_of", "stale_playlists", "top_artists");

  /**
   * Reports that ask about more than a day: of a change both, of a song its first. missing_days
   * reads {@code run} alone.
   */
  private static final Set<String> OF_MANY_DAYS =
      Set.of(
          "artist_share_over_time",
          "changes",
          "entered_and_left",
          "gaps",
          "lost_songs",
          "missing_days",
          "playlist_growth",
          "playlists_of_song",
          "popularity_movers",
          "rank_history",
          "rotation",
          "runs",
          "songs_ever_seen",
          "weekly_churn");

  private TrinoServer server;
  private Connection oneDay;
  private Connection manyDays;

  @BeforeAll
  void makeTheLakes(@TempDir Path folder) throws IOException, SQLException {
    server = TrinoServer.shared();
    Path many = folder.resolve("many");
    String firstDay = LongLake.write(many, DAYS, PLAYLISTS);
    Path one = folder.resolve("one");
    copyLastDay(many, one);
    manyDays = TrinoLake.open(server, "days_many", many, firstDay, TrinoLake.Days.PROJECTED);
    oneDay =
        TrinoLake.open(
            server, "days_one", one, LongLake.LAST_DAY.toString(), TrinoLake.Days.PROJECTED);
  }

  /** The same files: written anew they would not be as large to the byte. */
  private static void copyLastDay(Path from, Path to) throws IOException {
    for (LakeTable table : LakeTable.values()) {
      Path day = Path.of(table.tableName(), LakeTable.INGEST_DATE + "=" + LongLake.LAST_DAY);
      Files.createDirectories(to.resolve(day));
      try (Stream<Path> files = Files.list(from.resolve(day))) {
        for (Path file : files.toList()) {
          Files.copy(file, to.resolve(day).resolve(file.getFileName()));
        }
      }
    }
  }

  @AfterAll
  void close() throws SQLException {
    if (oneDay != null) {
      oneDay.close();
    }
    if (manyDays != null) {
      manyDays.close();
    }
  }

  static Stream<Arguments> oneDayQuestions() {
    return Stream.concat(
        SqlFiles.views().stream()
            .filter(view -> view.name().startsWith("latest_") && !view.name().endsWith("_run"))
            .map(view -> Arguments.of(view.name(), "SELECT * FROM " + view.name())),
        SqlFiles.reports().stream()
            .filter(report -> !OF_MANY_DAYS.contains(report.name()))
            .filter(report -> ALL || SOME.contains(report.name()))
            .map(report -> Arguments.of(report.name(), report.text())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("oneDayQuestions")
  void readsOneDay(String name, String sql) throws SQLException, IOException, InterruptedException {
    Cost one = Cost.of(server, oneDay, sql);
    Cost many = Cost.of(server, manyDays, sql);
    System.out.printf(
        "%s: of 1 day %,d bytes, %,d splits, %,d ms; of %d days %,d bytes, %,d splits, %,d ms%n",
        name,
        one.dataBytes(),
        one.splits(),
        one.millis(),
        DAYS,
        many.dataBytes(),
        many.splits(),
        many.millis());
    assertThat("it reads something", one.dataBytes(), greaterThan(0L));
    assertThat(
        "bytes by table: " + many.bytes(),
        many.dataBytes(),
        lessThanOrEqualTo(one.dataBytes() * 3 / 2));
  }

  /** The measure sees what is read too much. */
  @Test
  void historyReadsAllDays() throws SQLException, IOException, InterruptedException {
    String sql = "SELECT * FROM song";
    assertThat(
        Cost.of(server, manyDays, sql).dataBytes(),
        greaterThan(DAYS / 2 * Cost.of(server, oneDay, sql).dataBytes()));
  }
}
