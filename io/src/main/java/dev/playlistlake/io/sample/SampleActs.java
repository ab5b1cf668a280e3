package dev.playlistlake.io.sample;

import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import java.util.List;
import java.util.Map;

/** The acts of the sample's catalog, invented by hand. */
final class SampleActs {

  /**
   * An act.
   *
   * @param popularity 0 to 100, as Spotify has it
   * @param followers how many users follow it
   * @param from year of its first release
   * @param to year of its last release
   */
  record Act(
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
  static final String GRAND_UNION = "Grand Union Phonograph Co.";

  static final List<Act> ACTS =
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
          // Without a genre, like many artists on Spotify.
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

  /** Titles of the first songs of acts that do not sing in English, by act. */
  static final Map<String, List<String>> TITLES =
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

  private SampleActs() {}
}
