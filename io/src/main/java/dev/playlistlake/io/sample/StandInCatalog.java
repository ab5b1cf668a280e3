package dev.playlistlake.io.sample;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The data that the server serves. Read anew for every request, so that it may change meanwhile.
 */
public interface StandInCatalog {

  Optional<PlaylistData> playlist(String id);

  Optional<AlbumData> album(String id);

  Optional<ArtistData> artist(String id);

  /** The catalog's songs of an album, in album order. */
  List<TrackData> tracksOfAlbum(String albumId);

  /** The user behind the token, and that user's library. */
  default LibraryData library() {
    return new LibraryData("sample-user", "Sample User", List.of(), List.of());
  }

  /**
   * A user's library.
   *
   * @param playlistIds the listing in its order; ids that are not in the catalog are left out of it
   * @param liked the Liked Songs, newest first
   */
  record LibraryData(
      String userId, @Nullable String userName, List<String> playlistIds, List<ItemData> liked) {
    public LibraryData {
      playlistIds = List.copyOf(playlistIds);
      liked = List.copyOf(liked);
    }

    public LibraryData withUser(String newUserId, @Nullable String newUserName) {
      return new LibraryData(newUserId, newUserName, playlistIds, liked);
    }

    public LibraryData withPlaylistIds(List<String> newPlaylistIds) {
      return new LibraryData(userId, userName, newPlaylistIds, liked);
    }

    public LibraryData withLiked(List<ItemData> newLiked) {
      return new LibraryData(userId, userName, playlistIds, newLiked);
    }
  }

  /** How much of a playlist is readable. */
  enum Access {
    OPEN,
    /** Another user's playlist for a restricted app: no items object; its items get a 403. */
    METADATA_ONLY,
    /** Every request gets a 403. */
    FORBIDDEN
  }

  /** An artist; the id is null for those of local files. */
  record ArtistData(
      @Nullable String id,
      String name,
      List<String> genres,
      @Nullable Integer popularity,
      @Nullable Integer followers) {
    public ArtistData {
      genres = List.copyOf(genres);
    }

    /** An artist with nothing but a name, as in a local file. */
    public static ArtistData unidentified(String name) {
      return new ArtistData(null, name, List.of(), null, null);
    }
  }

  /** An album; the id is null for those of local files. */
  record AlbumData(
      @Nullable String id,
      String name,
      @Nullable String albumType,
      @Nullable String releaseDate,
      @Nullable String precision,
      @Nullable Integer totalTracks,
      List<ArtistData> artists,
      @Nullable String label,
      @Nullable Integer popularity,
      @Nullable String upc) {
    public AlbumData {
      artists = List.copyOf(artists);
    }

    /** An album with nothing but a name, as in a local file. */
    public static AlbumData unidentified(String name) {
      return new AlbumData(null, name, null, null, null, null, List.of(), null, null, null);
    }
  }

  /** A song; the id is null for local files. */
  record TrackData(
      @Nullable String id,
      String uri,
      String name,
      @Nullable Integer durationMs,
      boolean explicit,
      @Nullable Integer discNumber,
      @Nullable Integer trackNumber,
      @Nullable Integer popularity,
      @Nullable String isrc,
      AlbumData album,
      List<ArtistData> artists) {
    public TrackData {
      artists = List.copyOf(artists);
    }
  }

  /** An episode of a podcast. */
  record EpisodeData(
      String id,
      String name,
      String showId,
      String showName,
      int durationMs,
      @Nullable String releaseDate) {}

  /** A position in a playlist: a track, an episode, or neither if the track has vanished. */
  record ItemData(
      @Nullable String addedAt,
      @Nullable String addedBy,
      boolean local,
      @Nullable TrackData track,
      @Nullable EpisodeData episode) {

    public static ItemData track(
        @Nullable String addedAt, @Nullable String addedBy, TrackData track) {
      return new ItemData(addedAt, addedBy, false, track, null);
    }

    public static ItemData local(
        @Nullable String addedAt, @Nullable String addedBy, TrackData track) {
      return new ItemData(addedAt, addedBy, true, track, null);
    }

    public static ItemData episode(
        @Nullable String addedAt, @Nullable String addedBy, EpisodeData episode) {
      return new ItemData(addedAt, addedBy, false, null, episode);
    }

    public static ItemData vanished() {
      return vanished(null, null);
    }

    public static ItemData vanished(@Nullable String addedAt, @Nullable String addedBy) {
      return new ItemData(addedAt, addedBy, false, null, null);
    }
  }

  /**
   * A playlist. The list of items is not copied, because a generated one is computed while it is
   * read; it must not change (put a new playlist instead).
   *
   * @param isPublic null for collaborative playlists, as on Spotify
   * @param dialect of this playlist's responses; null for the server's
   */
  record PlaylistData(
      String id,
      String name,
      @Nullable String description,
      String ownerId,
      @Nullable String ownerName,
      @Nullable Boolean isPublic,
      boolean collaborative,
      @Nullable Integer followers,
      String snapshotId,
      @Nullable String imageUrl,
      List<ItemData> items,
      Access access,
      @Nullable Dialect dialect) {

    /** An open public playlist in the server's dialect, for tests. */
    public static PlaylistData of(String id, String name, List<ItemData> items) {
      return new PlaylistData(
          id,
          name,
          null,
          "owner",
          "Owner",
          true,
          false,
          0,
          "snapshot-1",
          null,
          items,
          Access.OPEN,
          null);
    }

    public PlaylistData withName(String value) {
      return with(copy -> copy.name = value);
    }

    public PlaylistData withDescription(@Nullable String value) {
      return with(copy -> copy.description = value);
    }

    public PlaylistData withOwner(String newId, @Nullable String newName) {
      return with(
          copy -> {
            copy.ownerId = newId;
            copy.ownerName = newName;
          });
    }

    public PlaylistData withSnapshotId(String value) {
      return with(copy -> copy.snapshotId = value);
    }

    public PlaylistData withItems(List<ItemData> value) {
      return with(copy -> copy.items = value);
    }

    public PlaylistData withAccess(Access value) {
      return with(copy -> copy.access = value);
    }

    public PlaylistData withDialect(@Nullable Dialect value) {
      return with(copy -> copy.dialect = value);
    }

    /** Collaborative; Spotify then sends neither true nor false as {@code public}. */
    PlaylistData asCollaborative() {
      return with(
          copy -> {
            copy.isPublic = null;
            copy.collaborative = true;
          });
    }

    private PlaylistData with(Consumer<Copy> change) {
      Copy copy = new Copy(this);
      change.accept(copy);
      return copy.playlist();
    }

    /** A mutable copy, so that each {@code with} names only what it changes. */
    private static final class Copy {
      private final String id;
      private String name;
      private @Nullable String description;
      private String ownerId;
      private @Nullable String ownerName;
      private @Nullable Boolean isPublic;
      private boolean collaborative;
      private @Nullable Integer followers;
      private String snapshotId;
      private @Nullable String imageUrl;
      private List<ItemData> items;
      private Access access;
      private @Nullable Dialect dialect;

      private Copy(PlaylistData playlist) {
        id = playlist.id;
        name = playlist.name;
        description = playlist.description;
        ownerId = playlist.ownerId;
        ownerName = playlist.ownerName;
        isPublic = playlist.isPublic;
        collaborative = playlist.collaborative;
        followers = playlist.followers;
        snapshotId = playlist.snapshotId;
        imageUrl = playlist.imageUrl;
        items = playlist.items;
        access = playlist.access;
        dialect = playlist.dialect;
      }

      private PlaylistData playlist() {
        return new PlaylistData(
            id,
            name,
            description,
            ownerId,
            ownerName,
            isPublic,
            collaborative,
            followers,
            snapshotId,
            imageUrl,
            items,
            access,
            dialect);
      }
    }
  }
}
