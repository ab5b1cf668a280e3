package dev.playlistlake.transforms.check;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.IntegrityClaim;
import dev.playlistlake.model.run.IntegrityClaim.Kind;
import dev.playlistlake.transforms.NamedIds;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.ProcessFunction;
import org.apache.beam.sdk.values.TypeDescriptor;

/** What each table's rows claim, for {@link CheckIntegrity}. */
public final class ClaimRows {
  private ClaimRows() {}

  public static FlatMapElements<PlaylistItem, IntegrityClaim> ofItems() {
    return claims(
        item -> {
          IntegrityClaim place =
              new IntegrityClaim(Kind.PLAYLIST_ITEM, item.playlistId(), item.position());
          return item.trackId() == null
              ? List.of(place)
              : List.of(place, new IntegrityClaim(Kind.SONG_NAMED, item.trackId(), 0));
        });
  }

  public static FlatMapElements<Song, IntegrityClaim> ofSongs() {
    return claims(
        song -> {
          List<IntegrityClaim> claims = new ArrayList<>();
          claims.add(new IntegrityClaim(Kind.SONG_ROW, song.trackId(), 0));
          if (song.albumId() != null) {
            claims.add(new IntegrityClaim(Kind.ALBUM_NAMED, song.albumId(), 0));
          }
          NamedIds.of(song.artists())
              .forEach(id -> claims.add(new IntegrityClaim(Kind.ARTIST_NAMED, id, 0)));
          return claims;
        });
  }

  public static FlatMapElements<Album, IntegrityClaim> ofAlbums() {
    return claims(
        album -> {
          List<IntegrityClaim> claims = new ArrayList<>();
          claims.add(new IntegrityClaim(Kind.ALBUM_ROW, album.albumId(), 0));
          NamedIds.of(album.artists())
              .forEach(id -> claims.add(new IntegrityClaim(Kind.ARTIST_NAMED, id, 0)));
          return claims;
        });
  }

  public static FlatMapElements<Artist, IntegrityClaim> ofArtists() {
    return claims(artist -> List.of(new IntegrityClaim(Kind.ARTIST_ROW, artist.artistId(), 0)));
  }

  public static FlatMapElements<Playlist, IntegrityClaim> ofPlaylists() {
    return claims(
        playlist -> {
          int items = playlist.itemCount() == null ? 0 : playlist.itemCount();
          IntegrityClaim row = new IntegrityClaim(Kind.PLAYLIST_ROW, playlist.playlistId(), items);
          return playlist.readStatus().isComplete()
              ? List.of(row, new IntegrityClaim(Kind.PLAYLIST_WHOLE, playlist.playlistId(), items))
              : List.of(row);
        });
  }

  public static FlatMapElements<Rejection, IntegrityClaim> ofRejections() {
    return claims(
        rejection -> {
          IntegrityClaim row = new IntegrityClaim(Kind.REJECTED_ROW, rejection.key(), 0);
          return rejection.subjectType() == SubjectType.PLAYLIST && rejection.playlistId() != null
              ? List.of(row, new IntegrityClaim(Kind.PLAYLIST_REJECTED, rejection.playlistId(), 0))
              : List.of(row);
        });
  }

  public static FlatMapElements<ListEntry, IntegrityClaim> ofList() {
    return claims(
        entry ->
            entry.playlistId() == null
                ? List.of()
                : List.of(new IntegrityClaim(Kind.PLAYLIST_LISTED, entry.playlistId(), 0)));
  }

  private static <T> FlatMapElements<T, IntegrityClaim> claims(
      ProcessFunction<T, Iterable<IntegrityClaim>> claims) {
    return FlatMapElements.into(TypeDescriptor.of(IntegrityClaim.class)).via(claims);
  }
}
