package dev.playlistlake.io.spotify.parse;

import dev.playlistlake.io.publish.Counts;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.LibraryFetch;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.reading.PlaylistVerdict;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.Carry;
import dev.playlistlake.model.run.PreviousPlaylist;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.transforms.Batches;
import dev.playlistlake.transforms.catalog.SplitCatalog;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Turns a playlist's stored object and its state on the day before into rows and carries. */
final class ParsePlaylistsFn extends DoFn<StoredResponseRef, byte[]> {
  /** A playlist's items as one batch: they go to many steps, most of which do not need them. */
  static final TupleTag<byte[]> ITEMS = new TupleTag<>() {};

  private final Instant startedAt;
  private transient SplitCatalog catalog = new SplitCatalog();

  ParsePlaylistsFn(Instant startedAt) {
    this.startedAt = startedAt;
  }

  @StartBundle
  public void startBundle() {
    catalog = new SplitCatalog();
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    catalog.flush(
        new SplitCatalog.Out(
            batch -> output(ParsedPlaylists.SONGS, batch, context),
            batch -> output(ParsedPlaylists.ALBUMS, batch, context),
            batch -> output(ParsedPlaylists.ARTISTS, batch, context)));
  }

  private static <T> void output(TupleTag<T> tag, T value, FinishBundleContext context) {
    context.output(tag, value, GlobalWindow.INSTANCE.maxTimestamp(), GlobalWindow.INSTANCE);
  }

  @ProcessElement
  public void process(@Element StoredResponseRef landed, MultiOutputReceiver out) {
    RawObject stored = RawObject.readOrAbsent(landed.path());
    out.get(ParsedPlaylists.TALLIES)
        .output(KV.of(Counts.REQUESTS, stored.attemptsSince(startedAt)));
    boolean coversNone = landed.rowsOf().isEmpty() && landed.gapsOf().isEmpty();
    if (!coversNone && LibraryFetch.isIn(stored)) {
      readListing(landed, Library.of(stored), out);
      return;
    }
    for (String playlistId : landed.gapsOf()) {
      reject(playlistId, stored.reason(), null, out);
    }
    for (String playlistId : landed.rowsOf()) {
      read(PlaylistFetch.replaying(playlistId, stored), landed.before().get(playlistId), out);
    }
  }

  /** A listing covers many playlists and is parsed once for all. */
  private void readListing(StoredResponseRef landed, Library listing, MultiOutputReceiver out) {
    for (String playlistId : landed.rowsOf()) {
      read(listing.reading(playlistId), landed.before().get(playlistId), out);
    }
    for (String playlistId : landed.gapsOf()) {
      read(listing.withheld(playlistId), landed.before().get(playlistId), out);
    }
  }

  private void read(
      PlaylistFetch reading, @Nullable PreviousPlaylist before, MultiOutputReceiver out) {
    String playlistId = reading.name();
    PlaylistVerdict verdict = PlaylistVerdict.of(reading, before);
    if (verdict.usesToday()) {
      outputToday(reading, verdict, before, out);
    }
    Carry carry = verdict.carry(playlistId, reading);
    if (carry != null) {
      out.get(ParsedPlaylists.CARRIES).output(carry);
    }
    reject(playlistId, verdict.reason(), verdict.status(), out);
  }

  private void outputToday(
      PlaylistFetch reading,
      PlaylistVerdict verdict,
      @Nullable PreviousPlaylist before,
      MultiOutputReceiver out) {
    Playlist playlist = reading.playlist();
    ReadStatus status = verdict.status();
    if (playlist == null || status == null) {
      return;
    }
    List<PlaylistSlot> slots =
        ReadStatus.METADATA_ONLY.equals(status) ? List.of() : reading.slots();
    PreviousPlaylist rest = ReadStatus.UNCHANGED.equals(status) ? before : null;
    Playlist shown =
        reading.isListedOnly() && rest != null
            ? playlist.withFollowers(rest.followers())
            : playlist;
    out.get(ParsedPlaylists.PLAYLISTS)
        .output(
            shown.withReading(
                status,
                rest == null ? slots.size() : Math.max(slots.size(), rest.itemCount()),
                reading.totalCount(),
                rest == null ? reading.completeAt() : rest.itemsReadAt()));
    SplitCatalog.Out sightings =
        new SplitCatalog.Out(
            out.get(ParsedPlaylists.SONGS)::output,
            out.get(ParsedPlaylists.ALBUMS)::output,
            out.get(ParsedPlaylists.ARTISTS)::output);
    Batches<PlaylistItem> items = new Batches<>(RowFormat.of(new PlaylistItemCodec()));
    for (PlaylistSlot slot : slots) {
      items.add(0, slot.seen().item());
      catalog.add(slot.seen(), sightings);
      if (slot.unreadable()) {
        out.get(ParsedPlaylists.REJECTIONS).output(unreadable(slot.seen().item()));
      }
    }
    items.flush(batch -> out.get(ITEMS).output(batch.getValue()));
  }

  private static void reject(
      String playlistId,
      @Nullable Reason reason,
      @Nullable ReadStatus status,
      MultiOutputReceiver out) {
    if (reason == null) {
      return;
    }
    out.get(ParsedPlaylists.REJECTIONS).output(Rejection.ofPlaylist(playlistId, reason));
    if (!ReadStatus.METADATA_ONLY.equals(status)) {
      out.get(ParsedPlaylists.TALLIES).output(KV.of(Counts.PLAYLISTS_REJECTED, 1L));
    }
  }

  private static Rejection unreadable(PlaylistItem item) {
    return new Rejection(
        Stage.PARSE,
        SubjectType.ITEM,
        item.playlistId(),
        item.itemUri(),
        item.position(),
        Reason.ITEM_UNREADABLE,
        Reason.ITEM_UNREADABLE.words());
  }
}
