package dev.playlistlake.transforms.catalog;

import static dev.playlistlake.transforms.catalog.ResolveCatalog.both;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.transforms.NamedIds;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;

/**
 * Adds today's details to the catalog.
 *
 * <p>In: the resolved catalog; beside it the albums and artists of today's details, any number per
 * id. Out: the same songs and albums, and the artists that those name: an album's details may name
 * artists that its sightings left out. Each detail column comes from the newest detail that has it.
 */
public final class MergeDetails extends PTransform<ResolvedCatalog, Catalog> {
  private final transient PCollection<Album> albumDetails;
  private final transient PCollection<Artist> artistDetails;

  private MergeDetails(PCollection<Album> albumDetails, PCollection<Artist> artistDetails) {
    this.albumDetails = albumDetails;
    this.artistDetails = artistDetails;
  }

  public static MergeDetails of(
      PCollection<Album> albumDetails, PCollection<Artist> artistDetails) {
    return new MergeDetails(albumDetails, artistDetails);
  }

  @Override
  public Catalog expand(ResolvedCatalog known) {
    PCollection<Album> albums =
        both(
                "Albums and details",
                known.albums().apply("Pack known albums", PackSightings.ofAlbums()),
                albumDetails.apply("Pack details of albums", PackSightings.ofAlbums()))
            .apply("Merge albums", ResolveById.albumsNamedBy(known.albumsOfSongs()));
    PCollection<Artist> artists =
        both(
                "Artists and details",
                known.artistsSeen(),
                artistDetails.apply("Pack details of artists", PackSightings.ofArtists()))
            .apply(
                "Merge artists",
                ResolveById.artistsNamedBy(
                    both(
                        "Artists named",
                        known.artistsOfSongs(),
                        albums.apply("Artists of albums", NamedIds.artistsOfAlbums()))));
    return Catalog.of(known.songs(), albums, artists);
  }
}
