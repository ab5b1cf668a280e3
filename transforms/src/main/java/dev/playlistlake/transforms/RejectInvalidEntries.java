package dev.playlistlake.transforms;

import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;

/** One rejected row for every entry of the list that is no playlist. */
public final class RejectInvalidEntries
    extends PTransform<PCollection<ListEntry>, PCollection<Rejection>> {
  private RejectInvalidEntries() {}

  public static RejectInvalidEntries create() {
    return new RejectInvalidEntries();
  }

  @Override
  public PCollection<Rejection> expand(PCollection<ListEntry> entries) {
    return entries.apply("Take those without an id", ParDo.of(new RejectFn()));
  }

  private static final class RejectFn extends DoFn<ListEntry, Rejection> {
    @ProcessElement
    public void process(@Element ListEntry entry, OutputReceiver<Rejection> out) {
      if (entry.playlistId() == null) {
        out.output(
            new Rejection(
                Stage.LIST,
                SubjectType.PLAYLIST,
                null,
                entry.given(),
                entry.index(),
                Reason.INVALID_ID,
                words(entry.given())));
      }
    }
  }

  /** What people most often paste instead. */
  private static String words(String given) {
    if (given.contains("spotify.link")) {
      return "a short link; open it and copy the playlist's own address";
    }
    for (String other : new String[] {"album", "track", "artist", "show", "episode"}) {
      if (given.contains("/" + other + "/") || given.contains(":" + other + ":")) {
        return "a link to another kind of thing (" + other + "), not to a playlist";
      }
    }
    return Reason.INVALID_ID.words();
  }
}
