package dev.playlistlake.io.sample;

import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.EpisodeData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The catalog of the sample: a small world of invented artists with every case that a reader of
 * Spotify's playlists must handle. The same in every run.
 */
public final class SampleCatalog {

  /** 230 items in the extended dialect. */
  public static final String COMMUTE = Ids.named("playlist", "commute");

  /** 140 items in the restricted dialect. */
  public static final String FOCUS = Ids.named("playlist", "focus");

  /** 64 items, collaborative, an emoji in its name, one song twice. */
  public static final String KITCHEN = Ids.named("playlist", "kitchen");

  /** 40 items, right-to-left names; a local file, an episode, a vanished track. */
  public static final String SUNSET = Ids.named("playlist", "sunset");

  /** 24 items with odd release dates, and recordings that have two ids. */
  public static final String CRATE = Ids.named("playlist", "crate");

  /** No items. */
  public static final String EMPTY = Ids.named("playlist", "empty");

  /** Metadata is readable, items are not. */
  public static final String PRIVATE = Ids.named("playlist", "private");

  /** Every request gets a 403. */
  public static final String FORBIDDEN = Ids.named("playlist", "forbidden");

  /** Not in the catalog: every request gets a 404. */
  public static final String MISSING = Ids.named("playlist", "missing");

  private static final LocalDate FIRST_ADDED = LocalDate.of(2019, 2, 3);
  private static final LocalDate LAST_ADDED = LocalDate.of(2026, 9, 27);

  private final SampleMusic music = SampleMusic.compose();
  private final Random random = new Random(7_2019);

  private SampleCatalog() {}

  /** A new catalog with all playlists but {@link #MISSING}. */
  public static MapCatalog create() {
    return new SampleCatalog().fill(new MapCatalog());
  }

  /** The list of playlists as a user would give it: ids, a URI and a link. */
  public static List<String> playlistEntries() {
    return List.of(
        COMMUTE,
        "spotify:playlist:" + FOCUS,
        "https://open.spotify.com/playlist/" + KITCHEN + "?si=5a1f0c92d77e4b03",
        SUNSET,
        CRATE,
        EMPTY,
        PRIVATE,
        FORBIDDEN,
        MISSING);
  }

  private MapCatalog fill(MapCatalog catalog) {
    List<TrackData> all = music.songs();
    List<TrackData> commute = choose(all, 230, 2);
    List<TrackData> calm =
        all.stream().filter(song -> hasGenre(song, "ambient", "jazz", "techno", "folk")).toList();
    List<TrackData> kitchen = new ArrayList<>(choose(commute, 40, 1));
    kitchen.addAll(choose(all, 23, 1));
    kitchen.add(50, kitchen.get(3));

    return catalog
        .put(
            playlist(COMMUTE, "Commuter Gold", "Two hundred and thirty ways to miss your stop.")
                .withItems(tracks(commute, FIRST_ADDED, "mara.lindqvist"))
                .withDialect(Dialect.EXTENDED))
        .put(
            playlist(FOCUS, "Deep Focus Harbour", null)
                .withItems(
                    tracks(
                        filledUp(choose(calm, 140, 1), 140, all),
                        LocalDate.of(2021, 5, 9),
                        "mara.lindqvist"))
                .withDialect(Dialect.RESTRICTED))
        .put(
            playlist(KITCHEN, "Kitchen Radio 🎧🍋", "Add what you cook to. No ballads.")
                .withItems(kitchen(kitchen))
                .asCollaborative())
        .put(playlist(SUNSET, "أغاني الغروب 🌅", "للطريق الطويل إلى البيت").withItems(sunset(all)))
        .put(playlist(CRATE, "Archive Crate", "Reissues, misprints & B-sides").withItems(crate()))
        .put(playlist(EMPTY, "To Sort Later", ""))
        .put(
            playlist(PRIVATE, "Nina's Private Shelf", null)
                .withItems(tracks(choose(all, 30, 1), LocalDate.of(2023, 1, 15), "nina.o"))
                .withAccess(Access.METADATA_ONLY))
        .put(
            playlist(FORBIDDEN, "Staff Only", null)
                .withItems(tracks(choose(all, 10, 1), LocalDate.of(2024, 3, 1), "staff"))
                .withAccess(Access.FORBIDDEN));
  }

  private PlaylistData playlist(String id, String name, @Nullable String description) {
    boolean nina = id.equals(PRIVATE);
    return new PlaylistData(
        id,
        name,
        description,
        nina ? "nina.o" : "mara.lindqvist",
        nina ? "Nina O." : "Mara Lindqvist",
        !nina,
        false,
        nina ? 0 : 12 + random.nextInt(9000),
        "AAAA" + Ids.named("snapshot", id),
        "https://mosaic.scdn.co/640/" + Ids.named("image", id),
        List.of(),
        Access.OPEN,
        null);
  }

  private List<ItemData> kitchen(List<TrackData> songs) {
    List<String> cooks = List.of("mara.lindqvist", "nina.o", "joriah_bakes");
    List<ItemData> items = new ArrayList<>();
    for (int i = 0; i < songs.size(); i++) {
      LocalDate day = dayAdded(LocalDate.of(2020, 3, 22), i, songs.size());
      items.add(item(songs.get(i), day, cooks.get(random.nextInt(cooks.size()))));
    }
    return items;
  }

  private List<ItemData> sunset(List<TrackData> all) {
    List<TrackData> songs = new ArrayList<>(music.songsOf("قمر البرتقال").subList(0, 6));
    songs.addAll(music.songsOf("צל הגפן").subList(0, 6));
    songs.addAll(music.songsOf("青い路面電車").subList(0, 5));
    songs.addAll(filledUp(songs, 37, all).subList(17, 37));
    List<ItemData> items =
        new ArrayList<>(tracks(songs, LocalDate.of(2022, 6, 18), "mara.lindqvist"));
    items.add(5, ItemData.local("2022-08-02T19:12:44Z", "mara.lindqvist", rehearsalTape()));
    items.add(
        12,
        ItemData.episode(
            "2023-02-11T08:30:05Z",
            "mara.lindqvist",
            new EpisodeData(
                Ids.named("episode", "oranges"),
                "Why every orange has two moons",
                Ids.named("show", "long way home"),
                "The Long Way Home",
                2_714_000,
                "2023-02-09")));
    items.add(20, ItemData.vanished("2022-11-30T21:03:17Z", "mara.lindqvist"));
    return items;
  }

  private static TrackData rehearsalTape() {
    ArtistData artist = ArtistData.unidentified("The Stairwell Four");
    return new TrackData(
        null,
        "spotify:local:The+Stairwell+Four:Basement+Tapes:Rehearsal%2C+4+May:212",
        "Rehearsal, 4 May",
        212_000,
        false,
        0,
        0,
        null,
        null,
        AlbumData.unidentified("Basement Tapes"),
        List.of(artist));
  }

  private List<ItemData> crate() {
    List<TrackData> songs = new ArrayList<>();
    List<TrackData> marmalade = music.songsOf("Marmalade Committee");
    List<TrackData> dottie = music.songsOf("Dottie Farrowgate");
    songs.add(music.reissue(marmalade.get(0), "0000", "year"));
    songs.add(music.reissue(marmalade.get(1), "2021", "year"));
    songs.add(music.reissue(marmalade.get(2), "2021-02", "month"));
    songs.add(music.reissue(dottie.get(0), "1969-00-00", "day"));
    for (String act : List.of("Velda Orrin", "The Quiet Tramlines", "Kofi Adumare")) {
      TrackData song = music.songsOf(act).get(0);
      songs.add(song);
      songs.add(music.asSingle(song, "2019-10-04"));
    }
    songs.addAll(marmalade.subList(3, 8));
    songs.addAll(dottie.subList(1, 8));
    List<ItemData> items = new ArrayList<>(tracks(songs, LocalDate.of(2019, 9, 1), "nina.o"));
    // From before Spotify recorded added_by and added_at.
    items.add(0, ItemData.track(null, null, marmalade.get(8 % marmalade.size())));
    items.add(1, ItemData.track("1970-01-01T00:00:00Z", "", dottie.get(0)));
    return items;
  }

  private List<ItemData> tracks(List<TrackData> songs, LocalDate since, String addedBy) {
    List<ItemData> items = new ArrayList<>();
    for (int i = 0; i < songs.size(); i++) {
      items.add(item(songs.get(i), dayAdded(since, i, songs.size()), addedBy));
    }
    return items;
  }

  /** A song is never added before its release. */
  private ItemData item(TrackData song, LocalDate day, String addedBy) {
    String released = song.album().releaseDate();
    LocalDate added = day;
    if (released != null && released.length() == 10 && released.compareTo(day.toString()) > 0) {
      added = LocalDate.parse(released).plusDays(random.nextInt(21));
    }
    String time =
        String.format(
            Locale.ROOT,
            "T%02d:%02d:%02dZ",
            6 + random.nextInt(17),
            random.nextInt(60),
            random.nextInt(60));
    return ItemData.track(added + time, addedBy, song);
  }

  private static LocalDate dayAdded(LocalDate since, int position, int size) {
    long days = ChronoUnit.DAYS.between(since, LAST_ADDED);
    return since.plusDays(days * position / Math.max(1, size));
  }

  /** Chooses distinct songs; the higher the taste, the more popular they are. */
  private List<TrackData> choose(List<TrackData> from, int count, int taste) {
    List<TrackData> remaining = new ArrayList<>(from);
    List<TrackData> chosen = new ArrayList<>();
    while (chosen.size() < Math.min(count, from.size())) {
      int best = random.nextInt(remaining.size());
      for (int look = 1; look < taste; look++) {
        int other = random.nextInt(remaining.size());
        best = popularity(remaining.get(other)) > popularity(remaining.get(best)) ? other : best;
      }
      chosen.add(remaining.remove(best));
    }
    return chosen;
  }

  /** The given songs, filled up to the count with others. */
  private List<TrackData> filledUp(List<TrackData> first, int count, List<TrackData> all) {
    List<TrackData> chosen = new ArrayList<>(first.subList(0, Math.min(count, first.size())));
    List<TrackData> others = new ArrayList<>(all);
    others.removeAll(first);
    chosen.addAll(choose(others, count - chosen.size(), 1));
    return chosen;
  }

  private static int popularity(TrackData song) {
    return song.popularity() == null ? 0 : song.popularity();
  }

  private static boolean hasGenre(TrackData song, String... genres) {
    return !Collections.disjoint(song.artists().get(0).genres(), List.of(genres));
  }
}
