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

/** Makes one rejected row per entry of the list that is not a playlist. */
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

  /** The rejected row of an entry without an id. */
  public static Rejection rejection(ListEntry entry, Reason reason) {
    return new Rejection(
        Stage.LIST,
        SubjectType.PLAYLIST,
        null,
        entry.given(),
        entry.index(),
        reason,
        words(entry, reason));
  }

  /** Whether an entry is a link that the app shares, which only a browser resolves. */
  public static boolean isShortLink(String given) {
    return given.contains("spotify.link") || given.contains("spotify.app.link");
  }

  private static final class RejectFn extends DoFn<ListEntry, Rejection> {
    @ProcessElement
    public void process(@Element ListEntry entry, OutputReceiver<Rejection> out) {
      Reason reason = entry.reason();
      if (reason != null) {
        out.output(rejection(entry, reason));
      }
    }
  }

  private static String words(ListEntry entry, Reason reason) {
    if (Reason.INVALID_ID.equals(reason)) {
      return words(entry.given());
    }
    return ListEntry.namesNone(reason)
        ? "Spotify lists it without saying which playlist it is"
        : wordsOfWord(entry, reason);
  }

  /** The message for a part of the user's library that could not be fetched. */
  private static String wordsOfWord(ListEntry entry, Reason reason) {
    String what =
        entry.given().equals(ListEntry.LIKED) ? "whose Liked Songs they are" : "your library";
    String advice =
        Reason.FORBIDDEN.equals(reason)
            ? "; run login again, or see FORBIDDEN in docs/operations.md"
            : "";
    return "Spotify did not tell " + what + ": " + reason.words() + advice;
  }

  /** Names what users most often paste by mistake. */
  private static String words(String given) {
    if (isShortLink(given)) {
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
