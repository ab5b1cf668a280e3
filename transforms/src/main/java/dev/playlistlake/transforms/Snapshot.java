package dev.playlistlake.transforms;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/** Playlists of a day and the items in them. */
public record Snapshot(PCollection<Playlist> playlists, PCollection<PlaylistItem> items) {

  /** What stands in either; the steps that unite them are named after what comes out. */
  public Snapshot and(String name, Snapshot other) {
    return new Snapshot(
        PCollectionList.of(playlists)
            .and(other.playlists)
            .apply(name + ": playlists", Flatten.pCollections()),
        PCollectionList.of(items).and(other.items).apply(name + ": items", Flatten.pCollections()));
  }
}
