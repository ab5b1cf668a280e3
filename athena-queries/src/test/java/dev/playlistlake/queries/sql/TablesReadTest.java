package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;

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
  }
}
