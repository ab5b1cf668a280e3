package dev.playlistlake.io.sample;

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
 * The discographies that the sample's playlists choose from: acts invented by hand, their albums
 * and songs drawn from a fixed seed. All songs in order of act, album and track.
 */
final class SampleMusic {

  private static final LocalDate LAST_RELEASE = LocalDate.of(2026, 8, 28);

  /** An act with its first and last year of releases. */
  private record Act(
      String name,
      int popularity,
      int followers,
      int from,
      int to,
      String label,
      List<String> genres) {

    ArtistData artist() {
      return new ArtistData(Ids.named("artist", name), name, genres, popularity, followers);
    }
  }

  private static final String TIN_ROOF = "Tin Roof Recordings";
  private static final String OBERLICHT = "Oberlicht";
  private static final String MERIDIAN = "Meridian & Sons";
  private static final String PAPERBOAT = "Paperboat Music";
  private static final String GRAND_UNION = "Grand Union Phonograph Co.";

  private static final List<Act> ACTS =
      List.of(
          act("Velda Orrin", 84, 6_120_400, 2016, 2026, GRAND_UNION, "art pop", "alt r&b"),
          act("The Quiet Tramlines", 71, 1_884_020, 2009, 2025, TIN_ROOF, "indie rock"),
          act("Saltmarsh Telegraph", 58, 402_118, 2004, 2022, TIN_ROOF, "folk", "chamber pop"),
          act("Kofi Adumare", 77, 2_930_551, 2018, 2026, GRAND_UNION, "afrobeats", "alt r&b"),
          act("Glasfabrik Nord", 49, 188_940, 1994, 2019, OBERLICHT, "techno", "ambient"),
          act("Mirela Vantu", 66, 940_733, 2012, 2026, MERIDIAN, "art pop", "folk"),
          act("Nordby Harbour Choir", 31, 40_212, 1987, 2015, MERIDIAN, "choral"),
          act("Tobiah Renn", 62, 611_087, 2014, 2025, PAPERBOAT, "country", "folk"),
          act("Lumen Quarry", 45, 133_905, 2001, 2024, OBERLICHT, "ambient", "post-rock"),
          act("Señorita Relámpago", 73, 2_204_619, 2017, 2026, GRAND_UNION, "latin pop", "cumbia"),
          act("Zwölf Uhr Siebzehn", 38, 71_330, 1998, 2012, OBERLICHT, "krautrock", "techno"),
          act("Marmalade Committee", 55, 356_001, 1969, 1984, MERIDIAN, "psychedelic rock"),
          act("Dottie Farrowgate", 52, 298_744, 1958, 1971, MERIDIAN, "soul", "jazz"),
          act("Tiny Disaster 🌋", 68, 1_210_377, 2020, 2026, PAPERBOAT, "hyperpop"),
          act("قمر البرتقال", 57, 477_216, 2008, 2024, PAPERBOAT, "arabic indie"),
          act("צל הגפן", 43, 96_480, 2011, 2023, TIN_ROOF, "folk", "psychedelic rock"),
          act("青い路面電車", 61, 702_135, 2006, 2025, PAPERBOAT, "city pop"),
          act("Brass Umbrella", 47, 150_662, 1976, 2003, MERIDIAN, "jazz", "funk"),
          act("Halvard Brandvik Trio", 40, 82_019, 1999, 2021, OBERLICHT, "jazz"),
          act("MC Paragraph", 64, 866_900, 2013, 2026, GRAND_UNION, "hip hop"),
          act("Ottoline & the Understudies", 50, 241_008, 2010, 2020, TIN_ROOF, "indie rock"),
          // Without a genre, as many are on Spotify.
          act("Ferrowby Low", 35, 55_127, 2019, 2026, PAPERBOAT));

  private static Act act(
      String name,
      int popularity,
      int followers,
      int from,
      int to,
      String label,
      String... genres) {
    return new Act(name, popularity, followers, from, to, label, List.of(genres));
  }

  /** The first songs of those who do not sing in English. */
  private static final Map<String, List<String>> TITLES =
      Map.of(
          "قمر البرتقال",
          List.of(
              "نافذة على المطر",
              "قطار الصباح",
              "رسالة لم تصل",
              "ظل الياسمين",
              "آخر الصيف",
              "مدينة من ورق",
              "الطريق إلى البحر",
              "قهوة باردة",
              "أغنية بلا اسم"),
          "צל הגפן",
          List.of(
              "רכבת לילה",
              "גשם ראשון",
              "החלון הפתוח",
              "שיר בלי שם",
              "מכתב מהחוף",
              "סוף הקיץ",
              "עיר של נייר",
              "קפה קר"),
          "青い路面電車",
          List.of("雨の停留所", "紙のランタン", "真夜中の屋上", "夏の終わりに", "名前のない手紙", "遠い灯台", "午前三時の電話"),
          "Señorita Relámpago",
          List.of(
              "Corazón de Papel",
              "Baila en la Azotea",
              "Medianoche sin Ti",
              "El Último Tranvía",
              "Lluvia de Agosto",
              "Dímelo Bajito"),
          "Zwölf Uhr Siebzehn",
          List.of(
              "Nachtbus nach Norden",
              "Die Uhr im Treppenhaus",
              "Leerlauf",
              "Straßenbahn, rückwärts",
              "Überlandleitung"));

  private final Random random = new Random(20190401);
  private final Map<String, List<TrackData>> songsByAct = new LinkedHashMap<>();
  private final Map<String, ArtistData> artists = new LinkedHashMap<>();
  private int recordings;
  private int sleeves;

  private SampleMusic() {}

  static SampleMusic compose() {
    SampleMusic music = new SampleMusic();
    for (Act act : ACTS) {
      music.artists.put(act.name(), act.artist());
    }
    for (Act act : ACTS) {
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

  /** The same recording as released by itself: another track, another album, the same ISRC. */
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

  /** The same song on a sleeve whose date of release is as odd as given. */
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
            GRAND_UNION,
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
    // One song carries the album; the deeper into it, the fewer listen.
    int hit = random.nextInt(Math.min(4, size));
    int[] popularity = new int[size];
    int sum = 0;
    for (int i = 0; i < size; i++) {
      int drop = i == hit ? -6 : 4 + i + random.nextInt(14);
      popularity[i] = Math.max(1, Math.min(97, act.popularity() - drop));
      sum += popularity[i];
    }
    String key = act.name() + " album " + day;
    // Old records are dated by their year alone, as on Spotify.
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
            random.nextInt(6) == 0 ? GRAND_UNION : act.label(),
            Math.max(0, sum / size - 7 + random.nextInt(19)));
    for (int i = 0; i < size; i++) {
      String trackKey = key + " track " + (i + 1);
      List<ArtistData> by = new ArrayList<>(album.artists());
      String name = i == 0 && single ? title : Names.song(Hashing.of(trackKey));
      List<String> own = TITLES.getOrDefault(act.name(), List.of());
      if (songs.size() < own.size()) {
        name = own.get(songs.size());
      }
      Act guest = ACTS.get(random.nextInt(ACTS.size()));
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
    // 2 begins the numbers that shops give out themselves: no record sold anywhere has them.
    String upc = String.format(Locale.ROOT, "29%011d", ++sleeves);
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

  /** ZZ is no country: no recording anywhere has these codes. */
  private String isrc(int year) {
    return String.format(Locale.ROOT, "ZZPLK%02d%05d", year % 100, ++recordings);
  }
}
