package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.LakeRows;
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.schema.AlbumCodec;
import dev.playlistlake.schema.ArtistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.SongCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The albums and artists that a day's items name, as far as responses and the previous day show. A
 * song or album in a response replaces the previous day's row, as in a run. Holds ids only.
 */
final class NamedCatalog {
  private final Map<String, SongNames> songs = new HashMap<>();
  private final Map<String, List<String>> artistsOfAlbums = new HashMap<>();
  private final Map<String, Integer> carried = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private int mostArtists = 1;
  private long unseen;

  /** The ids that a song names. */
  private record SongNames(@Nullable String albumId, List<String> artistIds) {}

  /** Adds the items of a response. */
  synchronized void addItems(List<PlaylistSlot> slots) {
    for (PlaylistSlot slot : slots) {
      SeenItem seen = slot.seen();
      Song song = seen.song();
      if (song == null) {
        continue;
      }
      songs.put(intern(song.trackId()), names(song));
      if (seen.album() != null) {
        artistsOfAlbums.put(intern(seen.album().albumId()), artists(seen.album().artists()));
      }
      long artists = seen.artists().stream().map(Artist::artistId).distinct().count();
      mostArtists = Math.max(mostArtists, (int) artists);
    }
  }

  /** Takes a playlist's items from the previous day, from a 0-based position on. */
  synchronized void carryFrom(String playlistId, int position) {
    carried.put(playlistId, position);
  }

  /** Adds items that are known by number only. */
  synchronized void addUnseen(long items) {
    unseen += items;
  }

  /** The number of items that are known by number only. */
  synchronized long unseen() {
    return unseen;
  }

  /** The most artists that a known item names; at least 1. */
  synchronized int mostArtists() {
    return mostArtists;
  }

  /**
   * All albums and artists that known items name, each with the time of its details on the previous
   * day. Reads that day's {@code playlist_item}, {@code song}, {@code album} and {@code artist}.
   *
   * @param dayBefore the previous day; null if there is none
   */
  synchronized Map<SubjectType, List<DetailState>> states(@Nullable LakeLayout dayBefore) {
    Set<String> albums = new HashSet<>();
    Set<String> artists = new HashSet<>();
    songs.values().forEach(song -> addNames(song, albums, artists));
    Set<String> tracks = dayBefore == null ? Set.of() : carriedTracks(dayBefore);
    if (!tracks.isEmpty()) {
      readSongs(Objects.requireNonNull(dayBefore), tracks, albums, artists);
    }
    albums.forEach(album -> artists.addAll(artistsOfAlbums.getOrDefault(album, List.of())));
    Map<String, Instant> detailedAt = new HashMap<>();
    if (dayBefore != null) {
      readAlbums(dayBefore, albums, artists, detailedAt);
    }
    List<DetailState> albumStates = states(albums, detailedAt);
    detailedAt.clear();
    if (dayBefore != null) {
      LakeRows.forEach(
          new ArtistCodec(),
          dayBefore,
          row -> {
            if (row.detailedAt() != null && artists.contains(row.artistId())) {
              detailedAt.put(row.artistId(), row.detailedAt());
            }
          });
    }
    return Map.of(SubjectType.ALBUM, albumStates, SubjectType.ARTIST, states(artists, detailedAt));
  }

  private Set<String> carriedTracks(LakeLayout dayBefore) {
    Set<String> tracks = new HashSet<>();
    if (carried.isEmpty()) {
      return tracks;
    }
    LakeRows.forEach(
        new PlaylistItemCodec(),
        dayBefore,
        item -> {
          Integer from = carried.get(item.playlistId());
          String track = item.trackId();
          if (from != null
              && track != null
              && item.position() >= from
              && !songs.containsKey(track)) {
            tracks.add(track);
          }
        });
    return tracks;
  }

  private void readSongs(
      LakeLayout dayBefore, Set<String> tracks, Set<String> albums, Set<String> artists) {
    LakeRows.forEach(
        new SongCodec(),
        dayBefore,
        row -> {
          if (tracks.contains(row.trackId())) {
            SongNames song = names(row);
            addNames(song, albums, artists);
            mostArtists = Math.max(mostArtists, song.artistIds().size());
          }
        });
  }

  private void readAlbums(
      LakeLayout dayBefore,
      Set<String> albums,
      Set<String> artists,
      Map<String, Instant> detailedAt) {
    LakeRows.forEach(
        new AlbumCodec(),
        dayBefore,
        row -> {
          if (!albums.contains(row.albumId())) {
            return;
          }
          if (!artistsOfAlbums.containsKey(row.albumId())) {
            artists.addAll(artists(row.artists()));
          }
          if (row.detailedAt() != null) {
            detailedAt.put(row.albumId(), row.detailedAt());
          }
        });
  }

  private static List<DetailState> states(Set<String> ids, Map<String, Instant> detailedAt) {
    List<DetailState> states = new ArrayList<>();
    ids.forEach(id -> states.add(new DetailState(id, detailedAt.get(id))));
    return states;
  }

  private static void addNames(SongNames song, Set<String> albums, Set<String> artists) {
    if (song.albumId() != null) {
      albums.add(song.albumId());
    }
    artists.addAll(song.artistIds());
  }

  private SongNames names(Song song) {
    String album = song.albumId();
    return new SongNames(album == null ? null : intern(album), artists(song.artists()));
  }

  private List<String> artists(List<ArtistRef> refs) {
    List<String> artists = new ArrayList<>(refs.size());
    for (ArtistRef ref : refs) {
      String artist = ref.artistId();
      if (artist != null) {
        artists.add(intern(artist));
      }
    }
    return List.copyOf(artists);
  }

  /** Many items name the same id; holds one copy of it. */
  private String intern(String id) {
    return ids.computeIfAbsent(id, same -> same);
  }
}
