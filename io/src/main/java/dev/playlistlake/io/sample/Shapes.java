package dev.playlistlake.io.sample;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.EpisodeData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.LibraryData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Builds the JSON objects of the Web API in one dialect. */
final class Shapes {

  /** Spotify's own address, not the server's: a client that follows links blindly must fail. */
  private static final String API = "https://api.spotify.com/v1/";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int[] IMAGE_SIZES = {640, 300, 64};

  private final Dialect dialect;
  private final boolean extended;
  private final ArrayNode markets;

  Shapes(Dialect dialect, int markets) {
    this.dialect = dialect;
    this.extended = dialect == Dialect.EXTENDED;
    this.markets = NODES.arrayNode();
    Arrays.stream(Locale.getISOCountries()).limit(markets).forEach(this.markets::add);
  }

  ObjectNode playlist(PlaylistData playlist, String snapshotId, int embedded, boolean episodes) {
    ObjectNode node = simplifiedPlaylist(playlist, snapshotId);
    node.set("followers", followers(playlist.followers()));
    if (playlist.access() == Access.OPEN) {
      node.set(dialect.contents(), page(playlist, 0, embedded, episodes));
    }
    return node;
  }

  private ObjectNode simplifiedPlaylist(PlaylistData playlist, String snapshotId) {
    ObjectNode node = identified("playlist", playlist.id());
    node.put("name", playlist.name());
    node.put("description", playlist.description());
    node.put("collaborative", playlist.collaborative());
    node.put("public", playlist.isPublic());
    node.put("primary_color", (String) null);
    node.put("snapshot_id", snapshotId);
    node.set("owner", user(playlist.ownerId()).put("display_name", playlist.ownerName()));
    ArrayNode images = node.putArray("images");
    if (playlist.imageUrl() != null) {
      images.add(image(playlist.imageUrl(), null));
    }
    return node;
  }

  /** The user behind the token. */
  ObjectNode me(LibraryData library) {
    return user(library.userId()).put("display_name", library.userName());
  }

  /** A page of the user's playlists, each with its number of items but without items. */
  ObjectNode listing(List<PlaylistData> playlists, int offset, int limit) {
    ObjectNode node = PageFrame.of(API + "me/playlists", "", playlists.size(), offset, limit);
    ArrayNode items = node.putArray("items");
    for (PlaylistData playlist : PageFrame.slice(playlists, offset, limit)) {
      ObjectNode listed = simplifiedPlaylist(playlist, playlist.snapshotId());
      String contents = dialect.contents();
      listed
          .putObject(contents)
          .put("href", API + "playlists/" + playlist.id() + '/' + contents)
          .put("total", playlist.items().size());
      items.add(listed);
    }
    return node;
  }

  /** A page of the Liked Songs. */
  ObjectNode liked(List<ItemData> liked, int offset, int limit) {
    ObjectNode node = PageFrame.of(API + "me/tracks", "", liked.size(), offset, limit);
    ArrayNode items = node.putArray("items");
    for (ItemData item : PageFrame.slice(liked, offset, limit)) {
      ObjectNode slot = items.addObject().put("added_at", item.addedAt());
      slot.set(
          dialect.content(),
          item.track() == null ? NODES.nullNode() : track(item.track(), item.local()));
    }
    return node;
  }

  /** A page of items; past the end it is empty, and its href has the requested range. */
  ObjectNode page(PlaylistData playlist, int offset, int limit, boolean episodes) {
    List<ItemData> all = playlist.items();
    String address = API + "playlists/" + playlist.id() + '/' + dialect.contents();
    String types = episodes ? "&additional_types=track,episode" : "";
    ObjectNode node = PageFrame.of(address, types, all.size(), offset, limit);
    ArrayNode items = node.putArray("items");
    for (ItemData item : PageFrame.slice(all, offset, limit)) {
      items.add(item(item, episodes));
    }
    return node;
  }

  private ObjectNode item(ItemData item, boolean episodes) {
    ObjectNode node = NODES.objectNode();
    node.put("added_at", item.addedAt());
    node.set("added_by", item.addedBy() == null ? NODES.nullNode() : user(item.addedBy()));
    node.put("is_local", item.local());
    node.put("primary_color", (String) null);
    node.putObject("video_thumbnail").put("url", (String) null);
    if (item.track() != null) {
      node.set(dialect.content(), track(item.track(), item.local()));
    } else if (item.episode() != null && episodes) {
      node.set(dialect.content(), episode(item.episode()));
    } else {
      node.set(dialect.content(), NODES.nullNode());
    }
    return node;
  }

  private ObjectNode track(TrackData track, boolean local) {
    ObjectNode node = simplifiedTrack(track, local);
    node.set("album", simplifiedAlbum(track.album()));
    ObjectNode externalIds = node.putObject("external_ids");
    if (track.isrc() != null) {
      externalIds.put("isrc", track.isrc());
    }
    if (extended) {
      node.put("popularity", local ? Integer.valueOf(0) : track.popularity());
    }
    // Only in playlists, and easily mistaken for the item's own field of that name.
    node.put("track", true);
    node.put("episode", false);
    return node;
  }

  private ObjectNode simplifiedTrack(TrackData track, boolean local) {
    ObjectNode node = identified("track", track.id());
    node.put("uri", track.uri());
    node.put("name", track.name());
    node.put("is_local", local);
    node.put("explicit", track.explicit());
    node.put("disc_number", track.discNumber());
    node.put("track_number", track.trackNumber());
    node.put("duration_ms", track.durationMs());
    node.put("preview_url", (String) null);
    node.set("artists", simplifiedArtists(track.artists()));
    addMarkets(node, track.id());
    return node;
  }

  private ObjectNode episode(EpisodeData episode) {
    ObjectNode node = identified("episode", episode.id());
    node.put("name", episode.name());
    node.put("description", "");
    node.put("duration_ms", episode.durationMs());
    node.put("explicit", false);
    node.put("is_externally_hosted", false);
    node.put("release_date", episode.releaseDate());
    node.put("release_date_precision", episode.releaseDate() == null ? null : "day");
    node.putArray("languages").add("en");
    node.set("images", images(episode.id()));
    node.put("audio_preview_url", (String) null);
    ObjectNode show = identified("show", episode.showId());
    show.put("name", episode.showName());
    show.put("total_episodes", 40);
    show.set("images", images(episode.showId()));
    if (extended) {
      show.put("publisher", episode.showName());
      show.set("available_markets", markets);
    }
    node.set("show", show);
    node.put("track", false);
    node.put("episode", true);
    return node;
  }

  ObjectNode album(AlbumData album, List<TrackData> tracks) {
    ObjectNode node = simplifiedAlbum(album);
    ObjectNode page = node.putObject("tracks");
    page.put("href", API + "albums/" + album.id() + "/tracks?offset=0&limit=50");
    page.put("limit", 50);
    page.put("offset", 0);
    page.put("total", tracks.size());
    page.put("next", (String) null);
    page.put("previous", (String) null);
    ArrayNode items = page.putArray("items");
    tracks.stream().limit(50).forEach(track -> items.add(simplifiedTrack(track, false)));
    ArrayNode copyrights = node.putArray("copyrights");
    if (album.label() != null) {
      copyrights.addObject().put("text", "© " + album.label()).put("type", "C");
      copyrights.addObject().put("text", "℗ " + album.label()).put("type", "P");
    }
    ObjectNode externalIds = node.putObject("external_ids");
    if (album.upc() != null) {
      externalIds.put("upc", album.upc());
    }
    node.putArray("genres");
    if (extended) {
      node.put("label", album.label());
      node.put("popularity", album.popularity());
    }
    return node;
  }

  private ObjectNode simplifiedAlbum(AlbumData album) {
    ObjectNode node = identified("album", album.id());
    node.put("name", album.name());
    node.put("album_type", album.albumType());
    node.put("total_tracks", album.totalTracks());
    node.put("release_date", album.releaseDate());
    node.put("release_date_precision", album.precision());
    node.set("images", images(album.id()));
    node.set("artists", simplifiedArtists(album.artists()));
    addMarkets(node, album.id());
    return node;
  }

  ObjectNode artist(ArtistData artist) {
    ObjectNode node = simplifiedArtist(artist);
    node.set("images", images(artist.id()));
    if (extended) {
      ArrayNode genres = node.putArray("genres");
      artist.genres().forEach(genres::add);
      node.put("popularity", artist.popularity());
      node.set("followers", followers(artist.followers()));
    }
    return node;
  }

  private ArrayNode simplifiedArtists(List<ArtistData> artists) {
    ArrayNode nodes = NODES.arrayNode();
    artists.forEach(artist -> nodes.add(simplifiedArtist(artist)));
    return nodes;
  }

  private ObjectNode simplifiedArtist(ArtistData artist) {
    return identified("artist", artist.id()).put("name", artist.name());
  }

  private static ObjectNode user(String id) {
    return identified("user", id);
  }

  private static ObjectNode followers(@Nullable Integer total) {
    return NODES.objectNode().put("href", (String) null).put("total", total);
  }

  private static ObjectNode identified(String type, @Nullable String id) {
    ObjectNode node = NODES.objectNode();
    node.put("type", type);
    node.put("id", id);
    node.put("uri", id == null ? null : "spotify:" + type + ':' + id);
    node.put("href", id == null ? null : API + type + "s/" + id);
    ObjectNode urls = node.putObject("external_urls");
    if (id != null) {
      urls.put("spotify", "https://open.spotify.com/" + type + '/' + id);
    }
    return node;
  }

  private static ArrayNode images(@Nullable String id) {
    ArrayNode images = NODES.arrayNode();
    if (id != null) {
      for (int size : IMAGE_SIZES) {
        images.add(image("https://i.scdn.co/image/" + id + '-' + size, size));
      }
    }
    return images;
  }

  private static ObjectNode image(String url, @Nullable Integer size) {
    return NODES.objectNode().put("url", url).put("height", size).put("width", size);
  }

  private void addMarkets(ObjectNode node, @Nullable String id) {
    if (extended) {
      node.set("available_markets", id == null ? NODES.arrayNode() : markets);
    }
  }
}
