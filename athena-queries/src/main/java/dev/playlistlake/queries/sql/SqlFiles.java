package dev.playlistlake.queries.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** This module's SQL files, unchanged from the class path, including comments (decision 18). */
public final class SqlFiles {
  /** Dependency order: each reads only those before it. */
  private static final List<String> VIEWS =
      List.of(
          "published_run",
          "playlist",
          "playlist_item",
          "song_row",
          "song",
          "album",
          "artist",
          "playlist_event",
          "rejected",
          "run",
          "latest_published_run",
          "latest_playlist",
          "latest_playlist_item",
          "latest_song",
          "latest_album",
          "latest_artist",
          "latest_playlist_event",
          "latest_rejected",
          "song_artist",
          "song_title",
          "playlist_observation",
          "rank_change",
          "song_lifetime");

  private static final List<String> REPORTS =
      List.of(
          "album_against_its_tracks",
          "artist_share_over_time",
          "changes",
          "duplicates",
          "entered_and_left",
          "explicit_and_length",
          "gaps",
          "lost_songs",
          "missing_days",
          "most_popular_tracks",
          "playlist_as_of",
          "playlist_freshness",
          "playlist_growth",
          "playlist_overlap",
          "playlists_of_artist",
          "playlists_of_label",
          "playlists_of_song",
          "popularity_by_release_year",
          "popularity_movers",
          "rank_history",
          "record_labels",
          "rotation",
          "runs",
          "same_recording",
          "songs_ever_seen",
          "songs_in_most_playlists",
          "stale_playlists",
          "top_artists",
          "unavailable_items",
          "weekly_churn");

  /** By the names of reports that are no more, those that answer their questions. */
  private static final Map<String, String> SUCCESSORS =
      Map.of("playlist_contents_with_genres", "playlist_as_of");

  private SqlFiles() {}

  /**
   * A file.
   *
   * @param name its name without {@code .sql}; a view's is the view's name
   * @param text the whole file: one statement without a semicolon, or several with semicolons for
   *     the prelude
   */
  public record SqlFile(String name, String text) {}

  /** The views, in a valid order of creation. */
  public static List<SqlFile> views() {
    return VIEWS.stream().map(name -> read("views", name)).toList();
  }

  /** The reports, by name. They need the views. */
  public static List<SqlFile> reports() {
    return REPORTS.stream().map(name -> read("reports", name)).toList();
  }

  /**
   * One report.
   *
   * @throws IllegalArgumentException if there is none with this name
   */
  public static SqlFile report(String name) {
    if (!REPORTS.contains(name)) {
      throw new IllegalArgumentException("no report " + name + ": there are " + REPORTS);
    }
    return read("reports", name);
  }

  /** The report that answers the question of a former one. */
  public static Optional<String> successorOf(String formerReport) {
    return Optional.ofNullable(SUCCESSORS.get(formerReport));
  }

  /** The statements that a DuckDB session needs before the views. */
  public static SqlFile duckDbPrelude() {
    return read("duckdb", "prelude");
  }

  private static SqlFile read(String folder, String name) {
    String resource = "/dev/playlistlake/queries/" + folder + "/" + name + ".sql";
    try (InputStream in = SqlFiles.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("no " + resource + " on the class path");
      }
      return new SqlFile(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
