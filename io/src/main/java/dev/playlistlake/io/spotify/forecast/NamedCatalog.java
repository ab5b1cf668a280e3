package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.LakeRows;
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.DetailState;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import dev.playlistlake.model.SubjectType;
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
 * The albums and artists that a day's items name, as far as answers and the day before tell. What
 * an answer says of a song or an album takes the place of the day before's row, as in a run. Only
 * ids are held.
 */
final class NamedCatalog {
  private final Map<String, SongNames> songs = new HashMap<>();
  private final Map<String, List<String>> artistsOfAlbums = new HashMap<>();
  private final Map<String, Integer> carried = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private int mostArtists = 1;
  private long unseen;

  /** What a song names. */
  private record SongNames(@Nullable String albumId, List<String> artistIds) {}

  /** Items that an answer holds. */
  synchronized void see(List<PlaylistSlot> slots) {
    for (PlaylistSlot slot : slots) {
      SeenItem seen = slot.seen();
      Song song = seen.song();
      if (song == null) {
        continue;
      }
      songs.put(one(song.trackId()), names(song));
      if (seen.album() != null) {
        artistsOfAlbums.put(one(seen.album().albumId()), artists(seen.album().artists()));
      }
      long artists = seen.artists().stream().map(Artist::artistId).distinct().count();
      mostArtists = Math.max(mostArtists, (int) artists);
    }
  }

  /** A playlist whose items of the day before stand for today's, from a position on. */
  synchronized void carry(String playlistId, int fromPosition) {
    carried.put(playlistId, fromPosition);
  }

  /** Items of which nothing is known but that they are there. */
  synchronized void leaveUnseen(long items) {
    unseen += items;
  }

  /** How many items nothing is known of. */
  synchronized long unseen() {
    return unseen;
  }

  /** The most artists that any known item names. */
  synchronized int mostArtists() {
    return mostArtists;
  }

  /**
   * All albums and artists that known items name, and how old what the day before tells of each is.
   *
   * @param dayBefore null where there is none
   */
  synchronized Map<SubjectType, List<DetailState>> states(@Nullable LakeLayout dayBefore) {
    Set<String> albums = new HashSet<>();
    Set<String> artists = new HashSet<>();
    songs.values().forEach(song -> name(song, albums, artists));
    Set<String> tracks = dayBefore == null ? Set.of() : carriedTracks(dayBefore);
    if (!tracks.isEmpty()) {
      readSongs(Objects.requireNonNull(dayBefore), tracks, albums, artists);
    }
    albums.forEach(album -> artists.addAll(artistsOfAlbums.getOrDefault(album, List.of())));
    Map<String, Instant> detailedAt = new HashMap<>();
    if (dayBefore != null) {
      readAlbums(dayBefore, albums, artists, detailedAt);
    }
    List<DetailState> ofAlbums = states(albums, detailedAt);
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
    return Map.of(SubjectType.ALBUM, ofAlbums, SubjectType.ARTIST, states(artists, detailedAt));
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
            name(song, albums, artists);
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

  private static void name(SongNames song, Set<String> albums, Set<String> artists) {
    if (song.albumId() != null) {
      albums.add(song.albumId());
    }
    artists.addAll(song.artistIds());
  }

  private SongNames names(Song song) {
    String album = song.albumId();
    return new SongNames(album == null ? null : one(album), artists(song.artists()));
  }

  private List<String> artists(List<ArtistRef> refs) {
    List<String> artists = new ArrayList<>(refs.size());
    for (ArtistRef ref : refs) {
      String artist = ref.artistId();
      if (artist != null) {
        artists.add(one(artist));
      }
    }
    return List.copyOf(artists);
  }

  /** The same id is named again and again, and held once. */
  private String one(String id) {
    return ids.computeIfAbsent(id, same -> same);
  }
}
