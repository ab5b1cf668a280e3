package dev.playlistlake.transforms;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.Claim;
import dev.playlistlake.model.Claim.Kind;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.SubjectType;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.ProcessFunction;
import org.apache.beam.sdk.values.TypeDescriptor;

/** What each table's rows claim, for {@link CheckIntegrity}. */
public final class ClaimRows {
  private ClaimRows() {}

  public static FlatMapElements<PlaylistItem, Claim> ofItems() {
    return claims(
        item -> {
          Claim place = new Claim(Kind.PLAYLIST_ITEM, item.playlistId(), item.position());
          return item.trackId() == null
              ? List.of(place)
              : List.of(place, new Claim(Kind.SONG_NAMED, item.trackId(), 0));
        });
  }

  public static FlatMapElements<Song, Claim> ofSongs() {
    return claims(
        song -> {
          List<Claim> claims = new ArrayList<>();
          claims.add(new Claim(Kind.SONG_ROW, song.trackId(), 0));
          if (song.albumId() != null) {
            claims.add(new Claim(Kind.ALBUM_NAMED, song.albumId(), 0));
          }
          NamedIds.of(song.artists())
              .forEach(id -> claims.add(new Claim(Kind.ARTIST_NAMED, id, 0)));
          return claims;
        });
  }

  public static FlatMapElements<Album, Claim> ofAlbums() {
    return claims(
        album -> {
          List<Claim> claims = new ArrayList<>();
          claims.add(new Claim(Kind.ALBUM_ROW, album.albumId(), 0));
          NamedIds.of(album.artists())
              .forEach(id -> claims.add(new Claim(Kind.ARTIST_NAMED, id, 0)));
          return claims;
        });
  }

  public static FlatMapElements<Artist, Claim> ofArtists() {
    return claims(artist -> List.of(new Claim(Kind.ARTIST_ROW, artist.artistId(), 0)));
  }

  public static FlatMapElements<Playlist, Claim> ofPlaylists() {
    return claims(
        playlist -> {
          int items = playlist.itemCount() == null ? 0 : playlist.itemCount();
          Claim row = new Claim(Kind.PLAYLIST_ROW, playlist.playlistId(), items);
          return playlist.readStatus().isComplete()
              ? List.of(row, new Claim(Kind.PLAYLIST_WHOLE, playlist.playlistId(), items))
              : List.of(row);
        });
  }

  public static FlatMapElements<Rejection, Claim> ofRejections() {
    return claims(
        rejection -> {
          Claim row = new Claim(Kind.REJECTED_ROW, rejection.key(), 0);
          return rejection.subjectType() == SubjectType.PLAYLIST && rejection.playlistId() != null
              ? List.of(row, new Claim(Kind.PLAYLIST_REJECTED, rejection.playlistId(), 0))
              : List.of(row);
        });
  }

  public static FlatMapElements<ListEntry, Claim> ofList() {
    return claims(
        entry ->
            entry.playlistId() == null
                ? List.of()
                : List.of(new Claim(Kind.PLAYLIST_LISTED, entry.playlistId(), 0)));
  }

  private static <T> FlatMapElements<T, Claim> claims(ProcessFunction<T, Iterable<Claim>> claims) {
    return FlatMapElements.into(TypeDescriptor.of(Claim.class)).via(claims);
  }
}
