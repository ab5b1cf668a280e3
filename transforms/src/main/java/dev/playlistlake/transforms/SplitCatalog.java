package dev.playlistlake.transforms;

import dev.playlistlake.model.Album;
import dev.playlistlake.model.Artist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Song;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTagList;

/** Takes slots apart: the item, and the song, album and artists in it. Loses and adds nothing. */
public final class SplitCatalog extends PTransform<PCollection<SeenItem>, Catalog> {
  private SplitCatalog() {}

  public static SplitCatalog create() {
    return new SplitCatalog();
  }

  @Override
  public Catalog expand(PCollection<SeenItem> slots) {
    return new Catalog(
        slots.apply(
            "Take slots apart",
            ParDo.of(new SplitFn())
                .withOutputTags(
                    Catalog.ITEMS,
                    TupleTagList.of(Catalog.SONGS).and(Catalog.ALBUMS).and(Catalog.ARTISTS))));
  }

  private static final class SplitFn extends DoFn<SeenItem, PlaylistItem> {
    @ProcessElement
    public void process(@Element SeenItem slot, MultiOutputReceiver out) {
      out.get(Catalog.ITEMS).output(slot.item());
      Song song = slot.song();
      if (song != null) {
        out.get(Catalog.SONGS).output(song);
      }
      Album album = slot.album();
      if (album != null) {
        out.get(Catalog.ALBUMS).output(album);
      }
      for (Artist artist : slot.artists()) {
        out.get(Catalog.ARTISTS).output(artist);
      }
    }
  }
}
