package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;

import java.util.List;
import org.junit.jupiter.api.Test;

class TablesReadTest {
  @Test
  void tablesAreFoundThroughViews() {
    assertThat(TablesRead.by("SELECT 1").stored(), empty());
    assertThat(TablesRead.by("FROM stored_song").stored(), contains("song"));
    assertThat(TablesRead.by("SELECT * FROM \"Song\"").stored(), containsInAnyOrder("song", "run"));
    assertThat(
        TablesRead.by("FROM rank_change").stored(),
        containsInAnyOrder("playlist", "playlist_item", "run"));
    assertThat(TablesRead.by("SELECT * FROM song JOIN stored_run").allRuns(), contains("run"));
  }

  /** A view may show the rows of all runs, too. */
  @Test
  void rowsOfAllRunsAreSeenWhereNoViewJoinsThoseThatCount() {
    assertThat(TablesRead.by("FROM song_row").allRuns(), contains("song"));
    assertThat(TablesRead.by("FROM song_title JOIN latest_song").allRuns(), empty());
    assertThat(TablesRead.by("FROM song").stored(), containsInAnyOrder("song", "run"));
  }

  /** A name may be put together within the statement. */
  @Test
  void functionsThatTakeNamesMayReadAnyTable() {
    for (String sql : List.of("FROM query('FROM so' || 'ng')", "FROM query_table('so' || 'ng')")) {
      assertThat(TablesRead.by(sql).stored(), hasSize(8));
      assertThat(TablesRead.by(sql).allRuns(), hasSize(8));
    }
  }
}
