package dev.playlistlake.transforms;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Song;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.ProcessFunction;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.jspecify.annotations.Nullable;

/** The ids that rows name, each of which must have a row (invariant I2). Duplicates stay. */
public final class NamedIds {
  private NamedIds() {}

  /** Track ids of items. */
  public static FlatMapElements<PlaylistItem, String> tracks() {
    return ids(item -> present(item.trackId()));
  }

  /** Album ids of songs. */
  public static FlatMapElements<Song, String> albumsOfSongs() {
    return ids(song -> present(song.albumId()));
  }

  /** Artist ids of songs. */
  public static FlatMapElements<Song, String> artistsOfSongs() {
    return ids(song -> of(song.artists()));
  }

  /** Artist ids of albums. */
  public static FlatMapElements<Album, String> artistsOfAlbums() {
    return ids(album -> of(album.artists()));
  }

  /** Ids of playlists that Spotify did not find. */
  public static FlatMapElements<Rejection, String> playlistsNotFound() {
    return ids(
        rejection ->
            present(Reason.NOT_FOUND.equals(rejection.reason()) ? rejection.playlistId() : null));
  }

  private static <T> FlatMapElements<T, String> ids(ProcessFunction<T, Iterable<String>> ids) {
    return FlatMapElements.into(TypeDescriptors.strings()).via(ids);
  }

  private static List<String> present(@Nullable String id) {
    return id == null ? List.of() : List.of(id);
  }

  public static List<String> of(List<ArtistRef> artists) {
    Stream<@Nullable String> ids = artists.stream().map(ArtistRef::artistId);
    return ids.filter(Objects::nonNull).toList();
  }
}
