package dev.playlistlake.io.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory catalog, edited by playlist. Its albums and artists are those of the tracks in its
 * playlists and Liked Songs. Thread-safe: it may be edited while it is served.
 */
public final class MapCatalog implements StandInCatalog {

  private final Map<String, PlaylistData> playlists = new LinkedHashMap<>();
  private final Set<String> hidden = new HashSet<>();
  private LibraryData library = new LibraryData("sample-user", "Sample User", List.of(), List.of());
  private @Nullable Index index;

  /** Adds or replaces a playlist. */
  public synchronized MapCatalog put(PlaylistData playlist) {
    playlists.put(playlist.id(), playlist.withItems(List.copyOf(playlist.items())));
    index = null;
    return this;
  }

  public synchronized void remove(String id) {
    playlists.remove(id);
    index = null;
  }

  /**
   * Replaces a playlist by what the edit makes of it.
   *
   * @throws java.util.NoSuchElementException if there is no such playlist
   */
  public synchronized void edit(String id, UnaryOperator<PlaylistData> edit) {
    put(edit.apply(playlist(id).orElseThrow()));
  }

  /** Replaces the user's library by what the edit makes of it. */
  public synchronized void editLibrary(UnaryOperator<LibraryData> edit) {
    library = edit.apply(library);
    index = null;
  }

  @Override
  public synchronized LibraryData library() {
    return library;
  }

  /** Hides an album or artist from lookups; songs still name it. */
  public synchronized void hide(String albumOrArtistId) {
    hidden.add(albumOrArtistId);
  }

  public synchronized List<String> playlistIds() {
    return List.copyOf(playlists.keySet());
  }

  @Override
  public synchronized Optional<PlaylistData> playlist(String id) {
    return Optional.ofNullable(playlists.get(id));
  }

  @Override
  public synchronized Optional<AlbumData> album(String id) {
    return hidden.contains(id) ? Optional.empty() : Optional.ofNullable(index().albums.get(id));
  }

  @Override
  public synchronized Optional<ArtistData> artist(String id) {
    return hidden.contains(id) ? Optional.empty() : Optional.ofNullable(index().artists.get(id));
  }

  @Override
  public synchronized List<TrackData> tracksOfAlbum(String albumId) {
    return List.copyOf(index().tracks.getOrDefault(albumId, Map.of()).values()).stream()
        .sorted(
            Comparator.comparing(TrackData::trackNumber, Comparator.nullsLast(Integer::compare)))
        .toList();
  }

  /** Built at the first lookup after an edit, so that edits stay cheap. */
  private Index index() {
    Index current = index;
    if (current == null) {
      current = new Index();
      for (PlaylistData playlist : playlists.values()) {
        for (ItemData item : playlist.items()) {
          current.add(item.track());
        }
      }
      for (ItemData item : library.liked()) {
        current.add(item.track());
      }
      index = current;
    }
    return current;
  }

  private static final class Index {
    private final Map<String, AlbumData> albums = new HashMap<>();
    private final Map<String, ArtistData> artists = new HashMap<>();
    private final Map<String, Map<String, TrackData>> tracks = new HashMap<>();

    private void add(@Nullable TrackData track) {
      if (track == null) {
        return;
      }
      AlbumData album = track.album();
      List<ArtistData> credited = new ArrayList<>(track.artists());
      credited.addAll(album.artists());
      for (ArtistData artist : credited) {
        if (artist.id() != null) {
          artists.put(artist.id(), artist);
        }
      }
      if (album.id() != null) {
        albums.put(album.id(), album);
        if (track.id() != null) {
          tracks.computeIfAbsent(album.id(), id -> new LinkedHashMap<>()).put(track.id(), track);
        }
      }
    }
  }
}
