package dev.playlistlake.queries.sql;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import dev.playlistlake.testing.Sql;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reports and views about days side by side, and about what the newest day holds. */
@SuppressWarnings("NullAway") // a null fails the test
abstract class HistoryQuestions extends LakeOracle {
  private static final int TOP = 10;
  private static final int SHOWN_DAYS = 30;

  /** What {@code song} and its like make of the artists, in files of either age. */
  @Test
  void artistNames() throws SQLException {
    List<String> expected = new ArrayList<>();
    songs.forEach(
        (day, ofDay) ->
            ofDay.forEach(
                (track, song) ->
                    expected.add(
                        row(
                            track,
                            day,
                            joined(song.artists().stream().map(Artist::name)),
                            song.artists().isEmpty() ? null : song.artists().get(0).id()))));
    assertEqual(
        expected,
        Sql.rows(lake, "SELECT track_id, ingest_date, artist_names, main_artist_id FROM song"));
    assertEqual(
        expected.stream().filter(row -> row.contains("|" + newest() + "|")).toList(),
        Sql.rows(
            lake, "SELECT track_id, ingest_date, artist_names, main_artist_id FROM latest_song"));
  }

  @Test
  void rankHistory() throws SQLException {
    List<String> shown = newestDays(SHOWN_DAYS);
    Map<String, Set<String>> daysOnTop = new HashMap<>();
    List<String> expected = new ArrayList<>();
    slots.stream()
        .filter(slot -> slot.position() < TOP && shown.contains(slot.day()))
        .filter(slot -> !isStale(slot.playlist(), slot.day()))
        .sorted(Comparator.comparing(Item::day))
        .forEach(
            slot -> {
              String before = observedBefore(slot.playlist(), slot.day());
              Integer rankBefore = bestOn(slot.playlist(), before).get(slot.track());
              int rankNow = bestOn(slot.playlist(), slot.day()).get(slot.track());
              Set<String> onTop =
                  daysOnTop.computeIfAbsent(
                      slot.playlist() + " " + slot.track(), id -> new HashSet<>());
              onTop.add(slot.day());
              expected.add(
                  row(
                      slot.playlist(),
                      slot.day(),
                      slot.position() + 1,
                      slot.track(),
                      plus(rankBefore, 1),
                      before == null ? null : change(rankBefore, rankNow),
                      before,
                      onTop.size()));
            });
    assertEqual(
        expected,
        report(
            "rank_history",
            "playlist_id, ingest_date, rank, track_id, rank_before, change, previous_ingest_date,"
                + " days_on_top"));
  }

  private static String change(Integer before, Integer after) {
    if (before == null) {
      return "new";
    } else if (after == null) {
      return "out";
    }
    return after < before ? "up" : after > before ? "down" : "same";
  }

  @Test
  void rankChange() throws SQLException {
    List<String> expected = new ArrayList<>();
    observed.forEach(
        (playlist, ofPlaylist) -> {
          for (String day : ofPlaylist) {
            String before = ofPlaylist.lower(day);
            if (before == null) {
              continue;
            }
            Map<String, Integer> now = bestOn(playlist, day);
            Map<String, Integer> then = bestOn(playlist, before);
            for (String track : union(now.keySet(), then.keySet())) {
              Integer from = then.get(track);
              Integer to = now.get(track);
              Integer up = from == null || to == null ? null : Integer.valueOf(from - to);
              expected.add(row(playlist, track, from, to, change(from, to), up, before, day));
            }
          }
        });
    assertEqual(
        expected,
        Sql.rows(
            lake,
            "SELECT playlist_id, track_id, position_before, position_after, change, places_up,"
                + " previous_ingest_date, ingest_date FROM rank_change"));
  }

  @Test
  void playlistGrowth() throws SQLException {
    List<String> shown = newestDays(SHOWN_DAYS);
    List<String> expected = new ArrayList<>();
    listed.forEach(
        (playlist, ofPlaylist) ->
            ofPlaylist.forEach(
                (day, now) -> {
                  String before = observedBefore(playlist, day);
                  Listed then = before == null ? null : ofPlaylist.get(before);
                  boolean known =
                      then != null && now.followers() != null && then.followers() != null;
                  if (shown.contains(day)) {
                    expected.add(
                        row(
                            playlist,
                            now.name(),
                            day,
                            now.items(),
                            now.followers(),
                            then == null ? null : Integer.valueOf(now.items() - then.items()),
                            known ? Integer.valueOf(now.followers() - then.followers()) : null,
                            before,
                            now.status()));
                  }
                }));
    assertEqual(
        expected,
        report(
            "playlist_growth",
            "playlist_id, playlist_name, ingest_date, item_count, followers, items_gained,"
                + " followers_gained, previous_ingest_date, read_status"));
  }

  @Test
  void songLifetime() throws SQLException {
    List<String> expected = new ArrayList<>();
    stints()
        .forEach(
            (playlist, ofSongs) ->
                ofSongs.forEach(
                    (track, stints) -> {
                      int days = stints.stream().mapToInt(List::size).sum();
                      List<String> last = stints.get(stints.size() - 1);
                      String lastDay = last.get(last.size() - 1);
                      int place =
                          stints.stream()
                              .flatMap(List::stream)
                              .mapToInt(day -> bestOn(playlist, day).get(track))
                              .min()
                              .orElseThrow();
                      expected.add(
                          row(
                              playlist,
                              track,
                              stints.get(0).get(0),
                              lastDay,
                              days,
                              stints.size(),
                              place,
                              isPresent(playlist, lastDay)));
                    }));
    assertEqual(
        expected,
        Sql.rows(
            lake,
            "SELECT playlist_id, track_id, first_date, last_date, days_present, stints,"
                + " best_position, is_present FROM song_lifetime"));
  }

  @Test
  void rotation() throws SQLException {
    List<String> expected = new ArrayList<>();
    stints()
        .forEach(
            (playlist, ofSongs) ->
                ofSongs.forEach(
                    (track, stints) -> {
                      for (int i = 1; i < stints.size(); i++) {
                        List<String> earlier = stints.get(i - 1);
                        String last = earlier.get(earlier.size() - 1);
                        String removed = observed.get(playlist).higher(last);
                        String returned = stints.get(i).get(0);
                        long out =
                            ChronoUnit.DAYS.between(
                                LocalDate.parse(removed), LocalDate.parse(returned));
                        if (out <= 30) {
                          expected.add(
                              row(
                                  playlist,
                                  track,
                                  title(track),
                                  last,
                                  removed,
                                  returned,
                                  out,
                                  bestOn(playlist, last).get(track) + 1,
                                  bestOn(playlist, returned).get(track) + 1));
                        }
                      }
                    }));
    assertEqual(
        expected,
        report(
            "rotation",
            "playlist_id, track_id, title, last_date, removed_date, returned_date, days_out,"
                + " rank_before, rank_after"));
  }

  @Test
  void weeklyChurn() throws SQLException {
    List<String> expected = new ArrayList<>();
    observed.forEach(
        (playlist, ofPlaylist) -> {
          NavigableMap<LocalDate, String> ends = new TreeMap<>();
          for (String day : ofPlaylist) {
            ends.put(
                LocalDate.parse(day).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), day);
          }
          ends.forEach(
              (week, end) -> {
                if (ends.lowerEntry(week) == null) {
                  return;
                }
                String start = ends.lowerEntry(week).getValue();
                Set<String> before = bestOn(playlist, start).keySet();
                Set<String> after = bestOn(playlist, end).keySet();
                long kept = before.stream().filter(after::contains).count();
                boolean isRunning = LocalDate.parse(newest()).isBefore(week.plusDays(6));
                expected.add(
                    row(
                        playlist,
                        week,
                        isRunning,
                        start,
                        end,
                        before.size(),
                        after.size(),
                        after.size() - kept,
                        before.size() - kept,
                        kept,
                        before.isEmpty() ? null : tenths(kept * 100.0 / before.size())));
              });
        });
    assertEqual(
        expected,
        report(
            "weekly_churn",
            "playlist_id, week, is_running, from_date, to_date, songs_before, songs_after, added,"
                + " removed, kept, kept_share"));
  }

  @Test
  void playlistOverlap() throws SQLException {
    List<String> expected = new ArrayList<>();
    List<String> ids = best.keySet().stream().toList();
    for (String a : ids) {
      for (String b : ids) {
        Set<String> ofA = bestOn(a, newest()).keySet();
        Set<String> ofB = bestOn(b, newest()).keySet();
        long shared = ofA.stream().filter(ofB::contains).count();
        if (a.compareTo(b) < 0 && shared > 0) {
          double jaccard = (double) shared / union(ofA, ofB).size();
          expected.add(
              row(
                  a,
                  nameOn(a, newest()),
                  b,
                  nameOn(b, newest()),
                  ofA.size(),
                  ofB.size(),
                  shared,
                  Math.round(jaccard * 10_000) / 10_000.0));
        }
      }
    }
    assertEqual(
        expected,
        report(
            "playlist_overlap",
            "playlist_id_a, playlist_name_a, playlist_id_b, playlist_name_b, songs_a, songs_b,"
                + " shared, jaccard"));
  }

  @Test
  void songsInMostPlaylists() throws SQLException {
    Map<String, Long> playlists =
        best.values().stream()
            .flatMap(ofDay -> ofDay.getOrDefault(newest(), Map.of()).keySet().stream())
            .collect(groupingBy(track -> track, counting()));
    List<String> expected = new ArrayList<>();
    playlists.forEach(
        (track, count) -> {
          long rank = 1 + playlists.values().stream().filter(other -> other > count).count();
          if (rank <= 50) {
            int place =
                best.values().stream()
                    .map(ofDay -> ofDay.getOrDefault(newest(), Map.of()).get(track))
                    .filter(Objects::nonNull)
                    .min(Integer::compare)
                    .orElseThrow();
            expected.add(
                row(rank, track, songs.get(newest()).get(track).title(), count, place + 1));
          }
        });
    assertEqual(
        expected, report("songs_in_most_playlists", "rank, track_id, title, playlists, best_rank"));
  }

  @Test
  void sameRecording() throws SQLException {
    Map<String, Set<String>> byIsrc =
        songs.get(newest()).entrySet().stream()
            .filter(song -> song.getValue().isrc() != null)
            .collect(
                groupingBy(
                    song -> song.getValue().isrc().replace("-", "").toUpperCase(Locale.ROOT),
                    mapping(Map.Entry::getKey, toSet())));
    List<String> expected = new ArrayList<>();
    byIsrc.forEach(
        (isrc, tracks) -> {
          for (String track : tracks) {
            if (tracks.size() > 1) {
              expected.add(row(isrc, tracks.size(), track, playlistsOn(newest(), track)));
            }
          }
        });
    assertEqual(expected, report("same_recording", "isrc, track_ids, track_id, playlists"));
  }

  @Test
  void lostSongs() throws SQLException {
    Map<String, Map<String, List<List<String>>>> stints = stints();
    Map<String, Map<String, String>> lastDays = new HashMap<>();
    stints.forEach(
        (playlist, ofSongs) ->
            ofSongs.forEach(
                (track, ofSong) -> {
                  List<String> last = ofSong.get(ofSong.size() - 1);
                  lastDays
                      .computeIfAbsent(track, id -> new TreeMap<>())
                      .put(playlist, last.get(last.size() - 1));
                }));
    List<String> expected = new ArrayList<>();
    lastDays.forEach(
        (track, byPlaylist) -> {
          boolean held =
              byPlaylist.entrySet().stream()
                  .anyMatch(last -> isPresent(last.getKey(), last.getValue()));
          if (!held) {
            String last = byPlaylist.values().stream().max(String::compareTo).orElseThrow();
            String playlist =
                byPlaylist.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(last))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            expected.add(
                row(
                    track,
                    "spotify:track:" + track,
                    last,
                    ChronoUnit.DAYS.between(LocalDate.parse(last), LocalDate.parse(newest())),
                    byPlaylist.size(),
                    playlist,
                    nameOn(playlist, last)));
          }
        });
    assertEqual(
        expected,
        report(
            "lost_songs",
            "track_id, item_uri, last_date, days_lost, playlists, last_playlist_id, last_playlist_name"));
  }

  @Test
  void playlistsOfSong() throws SQLException {
    String widest =
        best.keySet().stream()
            .flatMap(playlist -> bestOn(playlist, newest()).keySet().stream())
            .distinct()
            .min(
                Comparator.comparingLong((String track) -> -playlistsOn(newest(), track))
                    .thenComparing(track -> track))
            .orElseThrow();
    List<String> expected = new ArrayList<>();
    best.forEach(
        (playlist, ofDays) -> {
          Map<String, Integer> held = bestOn(playlist, newest());
          if (held.containsKey(widest)) {
            String first =
                best.get(playlist).entrySet().stream()
                    .filter(day -> day.getValue().containsKey(widest))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            expected.add(row(widest, playlist, held.get(widest) + 1, first));
          }
        });
    assertEqual(
        expected, report("playlists_of_song", "track_id, playlist_id, best_rank, first_date"));
  }

  @Test
  void topArtists() throws SQLException {
    Map<String, List<Item>> byArtist = new HashMap<>();
    for (Item slot : slotsToday()) {
      for (String artist : songs.get(newest()).get(slot.track()).artistIds()) {
        byArtist.computeIfAbsent(artist, id -> new ArrayList<>()).add(slot);
      }
    }
    List<String> all = contributions(byArtist, slotsToday().size());
    String columns = "rank, artist_id, items, item_share, songs, playlists";
    assertEqual(
        all.stream().filter(row -> Integer.parseInt(row.split("\\|", 2)[0]) <= 5).toList(),
        report("top_artists", columns));
    assertEqual(all, report("top_artists", columns, Map.of("top_n", "100000")));
  }

  @Test
  void artistShareOverTime() throws SQLException {
    List<String> shown = newestDays(SHOWN_DAYS);
    Map<String, List<Item>> byPlaylist =
        slots.stream()
            .filter(slot -> shown.contains(slot.day()))
            .filter(slot -> !isStale(slot.playlist(), slot.day()))
            .collect(groupingBy(Item::playlist));
    List<String> expected = new ArrayList<>();
    byPlaylist.forEach(
        (playlist, held) -> {
          Map<String, Integer> total = new HashMap<>();
          Map<String, Map<String, Integer>> daily = new HashMap<>();
          Map<String, Long> slotsOfDay = held.stream().collect(groupingBy(Item::day, counting()));
          for (Item slot : held) {
            for (String artist : songs.get(slot.day()).get(slot.track()).artistIds()) {
              total.merge(artist, 1, Integer::sum);
              daily
                  .computeIfAbsent(artist, id -> new HashMap<>())
                  .merge(slot.day(), 1, Integer::sum);
            }
          }
          total.forEach(
              (artist, items) -> {
                long rank = 1 + total.values().stream().filter(n -> n > items).count();
                if (rank <= 5) {
                  daily
                      .get(artist)
                      .forEach(
                          (day, n) ->
                              expected.add(
                                  row(
                                      playlist,
                                      rank,
                                      artist,
                                      day,
                                      n,
                                      tenths(n * 100.0 / slotsOfDay.get(day)))));
                }
              });
        });
    assertEqual(
        expected,
        report(
            "artist_share_over_time",
            "playlist_id, rank, artist_id, ingest_date, items, item_share"));
  }

  @Test
  void recordLabels() throws SQLException {
    Map<String, List<Item>> byLabel =
        slotsToday().stream()
            .collect(
                groupingBy(
                    slot ->
                        String.valueOf(labels.get(songs.get(newest()).get(slot.track()).album()))));
    List<Item> unknown = byLabel.remove("null");
    List<String> expected = contributions(byLabel, slotsToday().size());
    expected.addAll(
        contributions(Map.of("null", unknown), slotsToday().size()).stream()
            .map(row -> row.replaceFirst("1", "null"))
            .toList());
    assertEqual(
        expected, report("record_labels", "rank, label, items, item_share, songs, playlists"));
  }

  @Test
  void mostPopularTracks() throws SQLException {
    List<String> expected = new ArrayList<>();
    songs
        .get(newest())
        .forEach(
            (track, song) -> {
              long rank =
                  1
                      + songs.get(newest()).values().stream()
                          .filter(other -> other.popularity() > song.popularity())
                          .count();
              if (rank <= 50) {
                expected.add(
                    row(
                        rank,
                        track,
                        song.title(),
                        song.popularity(),
                        playlistsOn(newest(), track)));
              }
            });
    assertEqual(
        expected, report("most_popular_tracks", "rank, track_id, title, popularity, playlists"));
  }

  /** What each holds of a day: rank, name, slots, their share, songs, playlists. */
  private static List<String> contributions(Map<String, List<Item>> byHolder, int slots) {
    List<String> rows = new ArrayList<>();
    byHolder.forEach(
        (holder, held) ->
            rows.add(
                row(
                    1 + byHolder.values().stream().filter(l -> l.size() > held.size()).count(),
                    holder,
                    held.size(),
                    tenths(held.size() * 100.0 / slots),
                    held.stream().map(Item::track).distinct().count(),
                    held.stream().map(Item::playlist).distinct().count())));
    return rows;
  }
}
