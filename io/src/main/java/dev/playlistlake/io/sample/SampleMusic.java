package dev.playlistlake.io.sample;

import dev.playlistlake.io.sample.SampleActs.Act;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The discographies that the sample's playlists choose from: albums and songs per act, drawn from a
 * fixed seed. Songs are in the order of act, album and track.
 */
final class SampleMusic {

  private static final LocalDate LAST_RELEASE = LocalDate.of(2026, 8, 28);

  private final Random random = new Random(20190401);
  private final Map<String, List<TrackData>> songsByAct = new LinkedHashMap<>();
  private final Map<String, ArtistData> artists = new LinkedHashMap<>();
  private int recordingNumber;
  private int albumNumber;

  private SampleMusic() {}

  static SampleMusic compose() {
    SampleMusic music = new SampleMusic();
    for (Act act : SampleActs.ACTS) {
      music.artists.put(act.name(), act.artist());
    }
    for (Act act : SampleActs.ACTS) {
      List<TrackData> songs = new ArrayList<>();
      music.songsByAct.put(act.name(), songs);
      int albums = 2 + music.random.nextInt(3);
      for (int number = 0; number < albums; number++) {
        int span = (act.to() - act.from()) / albums;
        int year = act.from() + number * span + music.random.nextInt(Math.max(1, span));
        music.release(act, number == albums - 1 ? act.to() : year, songs);
      }
    }
    return music;
  }

  List<TrackData> songs() {
    return songsByAct.values().stream().flatMap(List::stream).toList();
  }

  List<TrackData> songsOf(String act) {
    return Objects.requireNonNull(songsByAct.get(act), act);
  }

  ArtistData artist(String name) {
    return Objects.requireNonNull(artists.get(name), name);
  }

  /** The same recording as a single: another track, another album, the same ISRC. */
  TrackData asSingle(TrackData song, String releaseDate) {
    String key = "single of " + song.id();
    AlbumData single =
        album(
            key,
            song.name(),
            "single",
            releaseDate,
            "day",
            1,
            song.album().artists(),
            song.album().label(),
            31);
    return track(key, song.name(), single, song.artists(), 1, 38, song.isrc(), song.durationMs());
  }

  /** The same song on a compilation with this release date, however odd. */
  TrackData reissue(TrackData song, String releaseDate, @Nullable String precision) {
    String key = "reissue of " + song.id() + releaseDate;
    AlbumData album =
        album(
            key,
            song.album().name() + " (From the Vaults)",
            "compilation",
            releaseDate,
            precision,
            14,
            song.album().artists(),
            SampleActs.GRAND_UNION,
            22);
    return track(
        key,
        song.name() + " - Remastered",
        album,
        song.artists(),
        5,
        17,
        isrc(2021),
        song.durationMs());
  }

  private void release(Act act, int year, List<TrackData> songs) {
    LocalDate day = LocalDate.of(year, 1, 1).plusDays(random.nextInt(360));
    if (day.isAfter(LAST_RELEASE)) {
      day = LAST_RELEASE.minusWeeks(random.nextInt(20));
    }
    boolean single = year > 2005 && random.nextInt(5) == 0;
    int size = single ? 1 + random.nextInt(3) : 8 + random.nextInt(5);
    // One song is the hit; popularity falls with the track number.
    int hit = random.nextInt(Math.min(4, size));
    int[] popularity = new int[size];
    int sum = 0;
    for (int i = 0; i < size; i++) {
      int drop = i == hit ? -6 : 4 + i + random.nextInt(14);
      popularity[i] = Math.max(1, Math.min(97, act.popularity() - drop));
      sum += popularity[i];
    }
    String key = act.name() + " album " + day;
    // Old albums have only a year, as on Spotify.
    boolean dated = year >= 1990;
    String title = single ? Names.song(Hashing.of(key)) : Names.album(Hashing.of(key));
    AlbumData album =
        album(
            key,
            title,
            single ? "single" : "album",
            dated ? day.toString() : Integer.toString(year),
            dated ? "day" : "year",
            size,
            List.of(artist(act.name())),
            random.nextInt(6) == 0 ? SampleActs.GRAND_UNION : act.label(),
            Math.max(0, sum / size - 7 + random.nextInt(19)));
    for (int i = 0; i < size; i++) {
      String trackKey = key + " track " + (i + 1);
      List<ArtistData> by = new ArrayList<>(album.artists());
      String name = i == 0 && single ? title : Names.song(Hashing.of(trackKey));
      List<String> own = SampleActs.TITLES.getOrDefault(act.name(), List.of());
      if (songs.size() < own.size()) {
        name = own.get(songs.size());
      }
      Act guest = SampleActs.ACTS.get(random.nextInt(SampleActs.ACTS.size()));
      boolean contemporary = guest.from() <= year && year <= guest.to();
      if (random.nextInt(5) == 0 && contemporary && !guest.equals(act)) {
        by.add(artist(guest.name()));
        name += " (feat. " + guest.name() + ")";
      }
      songs.add(
          track(
              trackKey,
              name,
              album,
              by,
              i + 1,
              popularity[i],
              isrc(year),
              140_000 + random.nextInt(190_000)));
    }
  }

  private AlbumData album(
      String key,
      String name,
      String type,
      String releaseDate,
      @Nullable String precision,
      int totalTracks,
      List<ArtistData> by,
      @Nullable String label,
      int popularity) {
    // The prefix 2 is for numbers that shops assign themselves: no album has such a UPC.
    String upc = String.format(Locale.ROOT, "29%011d", ++albumNumber);
    return new AlbumData(
        Ids.named("album", key),
        name,
        type,
        releaseDate,
        precision,
        totalTracks,
        by,
        label,
        popularity,
        upc);
  }

  private TrackData track(
      String key,
      String name,
      AlbumData album,
      List<ArtistData> by,
      int number,
      int popularity,
      @Nullable String isrc,
      @Nullable Integer durationMs) {
    String id = Ids.named("track", key);
    boolean explicit = by.get(0).genres().contains("hip hop") || random.nextInt(12) == 0;
    return new TrackData(
        id,
        "spotify:track:" + id,
        name,
        durationMs,
        explicit,
        1,
        number,
        popularity,
        isrc,
        album,
        by);
  }

  /** ZZ is not a country, so no real recording has such a code. */
  private String isrc(int year) {
    return String.format(Locale.ROOT, "ZZPLK%02d%05d", year % 100, ++recordingNumber);
  }
}
