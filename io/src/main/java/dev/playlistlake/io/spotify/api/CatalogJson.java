package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.Song;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Songs, albums and artists as JSON objects, from items and from details, in both dialects. */
public final class CatalogJson {

  private CatalogJson() {}

  /** A track object with an id. */
  static Song song(String trackId, JsonNode track, Instant fetchedAt) {
    return new Song(
        trackId,
        JsonFields.text(track, "name"),
        JsonFields.number(track, "duration_ms"),
        JsonFields.flag(track, "explicit"),
        JsonFields.number(track, "disc_number"),
        JsonFields.number(track, "track_number"),
        JsonFields.number(track, "popularity"),
        JsonFields.text(JsonFields.object(track, "external_ids"), "isrc"),
        id(JsonFields.object(track, "album")),
        artistRefs(track),
        JsonFields.spotifyUrl(track),
        fetchedAt);
  }

  /** An album as a track shows it; null without an id, as for local files. */
  static @Nullable Album albumOfTrack(JsonNode track, Instant fetchedAt) {
    JsonNode album = JsonFields.object(track, "album");
    String albumId = id(album);
    return album == null || albumId == null ? null : album(albumId, album, fetchedAt);
  }

  /** An album object of {@code /v1/albums}: base columns and details. */
  public static Album detailedAlbum(String albumId, JsonNode album, Instant fetchedAt) {
    return album(albumId, album, fetchedAt)
        .withDetails(
            JsonFields.text(album, "label"),
            JsonFields.number(album, "popularity"),
            JsonFields.text(JsonFields.object(album, "external_ids"), "upc"),
            fetchedAt);
  }

  /** An artist object of {@code /v1/artists}: base columns and details. */
  public static Artist detailedArtist(String artistId, JsonNode artist, Instant fetchedAt) {
    return new Artist(
        artistId,
        JsonFields.text(artist, "name"),
        JsonFields.spotifyUrl(artist),
        fetchedAt,
        JsonFields.texts(artist, "genres"),
        JsonFields.number(artist, "popularity"),
        JsonFields.number(JsonFields.object(artist, "followers"), "total"),
        JsonFields.firstImage(artist),
        fetchedAt);
  }

  /** The artists with an id in a track or album. */
  public static List<Artist> artists(@Nullable JsonNode trackOrAlbum, Instant fetchedAt) {
    List<Artist> artists = new ArrayList<>();
    if (trackOrAlbum != null) {
      for (JsonNode artist : JsonFields.objects(trackOrAlbum, "artists")) {
        String artistId = id(artist);
        if (artistId != null) {
          artists.add(
              Artist.seen(
                  artistId,
                  JsonFields.text(artist, "name"),
                  JsonFields.spotifyUrl(artist),
                  fetchedAt));
        }
      }
    }
    return artists;
  }

  /**
   * The id of a song, an album or an artist; null if there is none or it cannot be one: ids are
   * sent in comma-separated lists and name files.
   */
  static @Nullable String id(@Nullable JsonNode object) {
    String id = JsonFields.text(object, "id");
    return id != null && SpotifyIds.mayBeId(id) ? id : null;
  }

  private static Album album(String albumId, JsonNode album, Instant fetchedAt) {
    String date = JsonFields.text(album, "release_date");
    String precision = JsonFields.text(album, "release_date_precision");
    ReleaseDate released = ReleaseDate.of(date, precision);
    return new Album(
        albumId,
        JsonFields.text(album, "name"),
        JsonFields.text(album, "album_type"),
        date,
        precision,
        released.year(),
        released.day(),
        JsonFields.number(album, "total_tracks"),
        artistRefs(album),
        JsonFields.firstImage(album),
        JsonFields.spotifyUrl(album),
        fetchedAt,
        null,
        null,
        null,
        null);
  }

  private static List<ArtistRef> artistRefs(JsonNode trackOrAlbum) {
    List<ArtistRef> refs = new ArrayList<>();
    for (JsonNode artist : JsonFields.objects(trackOrAlbum, "artists")) {
      refs.add(new ArtistRef(id(artist), JsonFields.text(artist, "name")));
    }
    return refs;
  }
}
