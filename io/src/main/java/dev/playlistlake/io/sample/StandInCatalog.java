package dev.playlistlake.io.sample;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the stand-in knows. Asked at every request, so that it may change between two of them. */
public interface StandInCatalog {

  Optional<PlaylistData> playlist(String id);

  Optional<AlbumData> album(String id);

  Optional<ArtistData> artist(String id);

  /** The known songs of an album, in album order. */
  List<TrackData> tracksOfAlbum(String albumId);

  /** Whose user's token it is, and what that user has. */
  default LibraryData library() {
    return new LibraryData("sample-user", "Sample User", List.of(), List.of());
  }

  /**
   * A user's library.
   *
   * @param playlistIds the listing in its order; of those that are unknown it is silent
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

  /** Who may read a playlist. */
  enum Access {
    OPEN,
    /** Someone else's playlist seen by a restricted app: no items object, its items are a 403. */
    METADATA_ONLY,
    /** 403 for everything. */
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

    /** An artist of whom nothing but the name is known, as in a local file. */
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

    /** An album of which nothing but the name is known, as in a local file. */
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

  /** One position of a playlist: a track, an episode, or neither where the track has vanished. */
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
   * A playlist. The list of items is taken as it is, since a generated one is computed as it is
   * read; it must not change (put a new playlist instead).
   *
   * @param dialect the dialect of this playlist's answers, null for the server's
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

    public PlaylistData withName(String newName) {
      return new PlaylistData(
          id,
          newName,
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

    public PlaylistData withDescription(@Nullable String newDescription) {
      return new PlaylistData(
          id,
          name,
          newDescription,
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

    public PlaylistData withOwner(String newOwnerId, @Nullable String newOwnerName) {
      return new PlaylistData(
          id,
          name,
          description,
          newOwnerId,
          newOwnerName,
          isPublic,
          collaborative,
          followers,
          snapshotId,
          imageUrl,
          items,
          access,
          dialect);
    }

    public PlaylistData withSnapshotId(String newSnapshotId) {
      return new PlaylistData(
          id,
          name,
          description,
          ownerId,
          ownerName,
          isPublic,
          collaborative,
          followers,
          newSnapshotId,
          imageUrl,
          items,
          access,
          dialect);
    }

    public PlaylistData withItems(List<ItemData> newItems) {
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
          newItems,
          access,
          dialect);
    }

    public PlaylistData withAccess(Access newAccess) {
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
          newAccess,
          dialect);
    }

    public PlaylistData withDialect(@Nullable Dialect newDialect) {
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
          newDialect);
    }
  }
}
