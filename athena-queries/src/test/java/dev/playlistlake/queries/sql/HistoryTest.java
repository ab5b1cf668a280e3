package dev.playlistlake.queries.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Over forty days of real playlists. */
class HistoryTest extends CuratorQuestions {
  private static final int DAYS = 40;
  private static final int PLAYLISTS = 20;

  @Override
  Path write(Path folder) throws SQLException, IOException {
    return ArchiveLake.write(folder, DAYS, PLAYLISTS);
  }
}
