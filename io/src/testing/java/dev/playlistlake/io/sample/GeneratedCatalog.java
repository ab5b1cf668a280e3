package dev.playlistlake.io.sample;

import java.time.LocalDate;
import java.util.AbstractList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.stream.IntStream;

/**
 * A catalog of any size, computed on demand and the same for the same seed in every process: three
 * songs per album, two albums per artist; any song may be in any playlist.
 */
public final class GeneratedCatalog implements StandInCatalog {

  private static final int SONGS_PER_ALBUM = 3;
  private static final int ALBUMS_PER_ARTIST = 2;

  /** A prime, so that its multiples visit all songs before any repeats. */
  private static final long STRIDE = 2_147_483_647;

  private static final LocalDate FIRST_DAY = LocalDate.of(2019, 1, 1);
  private static final List<String> GENRES =
      List.of(
          "indie pop",
          "folk",
          "ambient",
          "techno",
          "hip hop",
          "soul",
          "post-punk",
          "bossa nova",
          "chamber pop",
          "drum and bass",
          "country",
          "metal");

  private final long seed;
  private final int itemsPerPlaylist;
  private final int playlists;
  private final int songs;
  private final Ids playlistIds;
  private final Ids songIds;
  private final Ids albumIds;
  private final Ids artistIds;

  private GeneratedCatalog(long seed, int playlists, int itemsPerPlaylist, int songs) {
    this.seed = seed;
    this.playlists = playlists;
    this.itemsPerPlaylist = itemsPerPlaylist;
    this.songs = songs;
    int albums = (songs + SONGS_PER_ALBUM - 1) / SONGS_PER_ALBUM;
    int artists = (albums + ALBUMS_PER_ARTIST - 1) / ALBUMS_PER_ARTIST;
    playlistIds = new Ids(Hashing.mix(seed, 1), playlists);
    songIds = new Ids(Hashing.mix(seed, 2), songs);
    albumIds = new Ids(Hashing.mix(seed, 3), albums);
    artistIds = new Ids(Hashing.mix(seed, 4), artists);
  }

  /**
   * Creates a catalog.
   *
   * @throws IllegalArgumentException if a number is negative, or there are no songs
   */
  public static GeneratedCatalog of(
      long seed, int playlists, int itemsPerPlaylist, int distinctSongs) {
    if (playlists < 0 || itemsPerPlaylist < 0 || distinctSongs < 1) {
      throw new IllegalArgumentException("no such catalog can be generated");
    }
    return new GeneratedCatalog(seed, playlists, itemsPerPlaylist, distinctSongs);
  }

  public List<String> playlistIds() {
    return IntStream.range(0, playlists).mapToObj(playlistIds::id).toList();
  }

  @Override
  public Optional<PlaylistData> playlist(String id) {
    int number = playlistIds.number(id);
    return number < 0 ? Optional.empty() : Optional.of(playlist(id, number));
  }

  @Override
  public Optional<AlbumData> album(String id) {
    int number = albumIds.number(id);
    return number < 0 ? Optional.empty() : Optional.of(album(number));
  }

  @Override
  public Optional<ArtistData> artist(String id) {
    int number = artistIds.number(id);
    return number < 0 ? Optional.empty() : Optional.of(artist(number));
  }

  @Override
  public List<TrackData> tracksOfAlbum(String albumId) {
    int album = albumIds.number(albumId);
    if (album < 0) {
      return List.of();
    }
    int first = album * SONGS_PER_ALBUM;
    return IntStream.range(first, Math.min(first + SONGS_PER_ALBUM, songs))
        .mapToObj(this::song)
        .toList();
  }

  private PlaylistData playlist(String id, int number) {
    long hash = Hashing.mix(seed, 5, number);
    return new PlaylistData(
        id,
        Names.playlist(hash),
        null,
        "listener" + Hashing.below(100, hash),
        "Listener " + Hashing.below(100, hash),
        true,
        false,
        Hashing.below(5000, Hashing.mix(hash)),
        "snapshot-" + id,
        "https://mosaic.scdn.co/640/" + id,
        new Items(number),
        Access.OPEN,
        null);
  }

  private final class Items extends AbstractList<ItemData> implements RandomAccess {
    private final int playlist;

    private Items(int playlist) {
      this.playlist = playlist;
    }

    @Override
    public int size() {
      return itemsPerPlaylist;
    }

    @Override
    public ItemData get(int position) {
      long hash = Hashing.mix(seed, playlist, position);
      // Each song once, then random ones: all songs are in some playlist if there is room.
      long index = (long) playlist * itemsPerPlaylist + position;
      int song = index < songs ? (int) (index * STRIDE % songs) : Hashing.below(songs, hash);
      long added = Hashing.mix(hash);
      // Until October 2026.
      String day = FIRST_DAY.plusDays(Hashing.below(2860, added)).toString();
      return ItemData.track(day + "T12:00:00Z", "listener" + Hashing.below(100, added), song(song));
    }
  }

  private TrackData song(int number) {
    long hash = Hashing.mix(seed, 6, number);
    String id = songIds.id(number);
    AlbumData album = album(number / SONGS_PER_ALBUM);
    return new TrackData(
        id,
        "spotify:track:" + id,
        Names.song(hash),
        120_000 + Hashing.below(240_000, hash),
        Hashing.below(10, hash) == 0,
        1,
        1 + number % SONGS_PER_ALBUM,
        Hashing.below(101, Hashing.mix(hash)),
        String.format(Locale.ROOT, "ZZGEN%02d%05d", 20 + number / 100_000 % 80, number % 100_000),
        album,
        album.artists());
  }

  private AlbumData album(int number) {
    long hash = Hashing.mix(seed, 7, number);
    return new AlbumData(
        albumIds.id(number),
        Names.album(hash),
        "album",
        LocalDate.of(1970, 1, 1).plusDays(Hashing.below(20_000, hash)).toString(),
        "day",
        Math.min(SONGS_PER_ALBUM, songs - number * SONGS_PER_ALBUM),
        List.of(artist(number / ALBUMS_PER_ARTIST)),
        "Label " + Hashing.below(500, hash),
        Hashing.below(101, Hashing.mix(hash)),
        String.format(Locale.ROOT, "200%010d", number));
  }

  private ArtistData artist(int number) {
    long hash = Hashing.mix(seed, 8, number);
    int popularity = Hashing.below(101, hash);
    int genre = Hashing.below(GENRES.size(), hash);
    return new ArtistData(
        artistIds.id(number),
        Names.artist(hash),
        List.of(GENRES.get(genre), GENRES.get((genre + 1) % GENRES.size())),
        popularity,
        popularity * popularity * 100);
  }
}
