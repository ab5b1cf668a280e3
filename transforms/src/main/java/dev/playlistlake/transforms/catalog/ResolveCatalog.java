package dev.playlistlake.transforms.catalog;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Song;
import dev.playlistlake.transforms.NamedIds;
import dev.playlistlake.transforms.Snapshot;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Makes today's catalog, as far as it is known before details are fetched.
 *
 * <p>In: today's snapshot; beside it what today's responses show of songs, albums and artists, and
 * the catalog of the day before. Out: one row per song that an item names, per album that such a
 * song names, and per artist that such a song or album names (decision 9). What nothing names is
 * dropped; what is named but was never seen has no row.
 */
public final class ResolveCatalog extends PTransform<Snapshot, ResolvedCatalog> {
  private final transient Sightings today;
  private final transient Catalog dayBefore;

  private ResolveCatalog(Sightings today, Catalog dayBefore) {
    this.today = today;
    this.dayBefore = dayBefore;
  }

  public static ResolveCatalog from(Sightings today, Catalog dayBefore) {
    return new ResolveCatalog(today, dayBefore);
  }

  @Override
  public ResolvedCatalog expand(Snapshot snapshot) {
    PCollection<Song> songs =
        both(
                "Songs of both days",
                today.songs(),
                dayBefore.songs().apply("Pack songs of the day before", PackSightings.ofSongs()))
            .apply(
                "Resolve songs",
                ResolveById.songsNamedBy(
                    snapshot.items().apply("Tracks of items", NamedIds.tracks())));
    PCollection<String> albumsOfSongs = songs.apply("Albums of songs", NamedIds.albumsOfSongs());
    PCollection<String> artistsOfSongs = songs.apply("Artists of songs", NamedIds.artistsOfSongs());
    PCollection<Album> albums =
        both(
                "Albums of both days",
                today.albums(),
                dayBefore.albums().apply("Pack albums of the day before", PackSightings.ofAlbums()))
            .apply("Resolve albums", ResolveById.albumsNamedBy(albumsOfSongs));
    PCollection<KV<Integer, byte[]>> artistsSeen =
        both(
            "Artists of both days",
            today.artists(),
            dayBefore.artists().apply("Pack artists of the day before", PackSightings.ofArtists()));
    PCollection<Artist> artists =
        artistsSeen.apply(
            "Resolve artists",
            ResolveById.artistsNamedBy(
                both(
                    "Artists named",
                    artistsOfSongs,
                    albums.apply("Artists of albums", NamedIds.artistsOfAlbums()))));
    return ResolvedCatalog.of(
        Catalog.of(songs, albums, artists), albumsOfSongs, artistsOfSongs, artistsSeen);
  }

  static <T> PCollection<T> both(String name, PCollection<T> one, PCollection<T> other) {
    return PCollectionList.of(one).and(other).apply(name, Flatten.pCollections());
  }
}
