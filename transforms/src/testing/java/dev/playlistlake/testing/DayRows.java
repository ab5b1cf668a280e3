package dev.playlistlake.testing;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.EventType;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Song;
import dev.playlistlake.transforms.Snapshot;
import dev.playlistlake.transforms.catalog.Catalog;
import dev.playlistlake.transforms.check.DayTables;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;

/** All rows of a day, to be changed by a test and given to its pipeline. */
public final class DayRows {
  public final List<ListEntry> list = new ArrayList<>();
  public final List<Playlist> playlists = new ArrayList<>();
  public final List<PlaylistItem> items = new ArrayList<>();
  public final List<Song> songs = new ArrayList<>();
  public final List<Album> albums = new ArrayList<>();
  public final List<Artist> artists = new ArrayList<>();
  public final List<PlaylistEvent> events = new ArrayList<>();
  public final List<Rejection> rejections = new ArrayList<>();

  private DayRows() {}

  /** A day without a broken invariant: one playlist read, one not found, one entry invalid. */
  public static DayRows sound() {
    DayRows day = new DayRows();
    day.list.add(new ListEntry(0, "p1", "p1"));
    day.list.add(new ListEntry(1, "p2", "p2"));
    day.list.add(new ListEntry(2, "nonsense", null));
    day.playlists.add(Rows.playlist("p1", ReadStatus.READ, 2));
    day.items.add(Rows.track("p1", 0, "s1"));
    day.items.add(Rows.track("p1", 1, "s1"));
    day.songs.add(Rows.song("s1", "Song", Rows.NOON, "a1"));
    day.albums.add(Rows.album("album-s1", "Album", Rows.NOON, "a2"));
    day.artists.add(Rows.artist("a1", "One", Rows.NOON));
    day.artists.add(Rows.artist("a2", "Two", Rows.NOON));
    day.events.add(event(0, EventType.FIRST_SEEN));
    day.rejections.add(Rejection.ofPlaylist("p2", Reason.NOT_FOUND));
    return day;
  }

  /** An event of the playlist that was read. */
  public static PlaylistEvent event(int seq, EventType type) {
    return new PlaylistEvent("p1", seq, type, null, null, null, null, null, null, null, null);
  }

  public DayTables tables(Pipeline pipeline) {
    return new DayTables(
        snapshot(pipeline),
        catalog(pipeline),
        rows(pipeline, "events", events, PlaylistEvent.class),
        rows(pipeline, "rejections", rejections, Rejection.class));
  }

  public Snapshot snapshot(Pipeline pipeline) {
    return new Snapshot(
        rows(pipeline, "playlists", playlists, Playlist.class),
        rows(pipeline, "items", items, PlaylistItem.class));
  }

  public Catalog catalog(Pipeline pipeline) {
    return Catalog.of(
        rows(pipeline, "songs", songs, Song.class),
        rows(pipeline, "albums", albums, Album.class),
        rows(pipeline, "artists", artists, Artist.class));
  }

  public PCollection<ListEntry> list(Pipeline pipeline) {
    return pipeline.apply(
        "list", Create.of(list).withCoder(SerializableCoder.of(ListEntry.class)));
  }

  private static <T> PCollection<T> rows(
      Pipeline pipeline, String name, List<T> rows, Class<T> type) {
    return pipeline.apply(name, Create.of(rows).withType(TypeDescriptor.of(type)));
  }
}
