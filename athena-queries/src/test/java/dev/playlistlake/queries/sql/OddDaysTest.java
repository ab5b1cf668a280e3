package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.queries.sql.OddDaysLake.Fate;
import dev.playlistlake.testing.Sql;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Over a lake of days that are missing and playlists that were not read. */
@SuppressWarnings("NullAway") // a null fails the test
class OddDaysTest extends CuratorQuestions {
  @Override
  Path write(Path folder) throws SQLException, IOException {
    return OddDaysLake.write(folder);
  }

  @Test
  void aPlaylistThatWasNeverReadIsNeverCompared() throws SQLException {
    String never = "'" + Fate.NEVER_READ.id() + "'";
    assertThat(
        Sql.rows(lake, "SELECT 1 FROM playlist_item WHERE playlist_id = " + never),
        is(not(empty())));
    for (String view : List.of("playlist_observation", "rank_change", "song_lifetime")) {
      assertThat(
          view,
          Sql.rows(lake, "SELECT 1 FROM %s WHERE playlist_id = %s".formatted(view, never)),
          is(empty()));
    }
  }

  /** What left while nobody could read the playlist left on the first day that somebody could. */
  @Test
  void aChangeDuringAGapIsDatedToTheFirstDayRead() throws SQLException {
    assertThat(
        Sql.rows(
            lake,
            """
            SELECT count(*) FROM rank_change AS c JOIN playlist AS l USING (playlist_id)
            WHERE l.ingest_date > c.previous_ingest_date AND l.ingest_date < c.ingest_date
              AND l.read_status = 'STALE' AND c.change = 'out'
            """),
        is(not(List.of("0"))));
  }

  @Test
  void missingDays() throws SQLException {
    NavigableMap<String, String> failed = new TreeMap<>();
    for (List<String> run : Sql.values(lake, "SELECT ingest_date, status FROM stored_run")) {
      failed.put(run.get(0), run.get(1));
    }
    List<String> expected = new ArrayList<>();
    LocalDate last = LocalDate.parse(newest());
    for (LocalDate day = LocalDate.parse(days.first()); day.isBefore(last); day = day.plusDays(1)) {
      String date = day.toString();
      if (!days.contains(date)) {
        String before = days.lower(date);
        String after = days.higher(date);
        expected.add(
            row(
                date,
                before,
                after,
                ChronoUnit.DAYS.between(LocalDate.parse(before), LocalDate.parse(after)) - 1,
                failed.containsKey(date) ? 1 : 0,
                failed.get(date)));
      }
    }
    assertEqual(
        expected,
        report(
            "missing_days",
            "ingest_date, previous_ingest_date, next_ingest_date, days_missing, runs,"
                + " last_status"));
  }

  @Test
  void unavailableItems() throws SQLException {
    Map<String, String> reasons = new HashMap<>();
    for (List<String> gap :
        Sql.values(
            lake,
            "SELECT playlist_id, ingest_date, position, reason FROM rejected WHERE subject_type ="
                + " 'item'")) {
      reasons.put(row(gap.get(0), gap.get(1), gap.get(2)), gap.get(3));
    }
    List<String> expected =
        items.stream()
            .filter(item -> item.day().equals(newest()))
            .filter(item -> Set.of("unavailable", "local").contains(item.type()))
            .map(
                item ->
                    row(
                        item.playlist(),
                        item.position() + 1,
                        item.type(),
                        item.uri(),
                        item.name(),
                        item.addedBy(),
                        reasons.get(row(item.playlist(), newest(), item.position()))))
            .toList();
    assertEqual(
        expected,
        report(
            "unavailable_items",
            "playlist_id, rank, item_type, item_uri, title, added_by, reason"));
  }
}
