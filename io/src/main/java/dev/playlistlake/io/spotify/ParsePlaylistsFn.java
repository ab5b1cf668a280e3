package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.Tallies;
import dev.playlistlake.model.Carry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.PriorReading;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Turns a playlist's stored object, and how it stood the day before, into rows and orders. */
final class ParsePlaylistsFn extends DoFn<Landed, SeenItem> {
  private final Instant startedAt;

  ParsePlaylistsFn(Instant startedAt) {
    this.startedAt = startedAt;
  }

  @ProcessElement
  public void process(@Element Landed landed, MultiOutputReceiver out) {
    RawObject stored =
        landed.path().isEmpty()
            ? RawObject.absent(Reason.NOTHING_TO_CARRY)
            : RawObject.readWhole(landed.path());
    out.get(ParsedPlaylists.TALLIES)
        .output(KV.of(Tallies.REQUESTS, stored.attemptsSince(startedAt)));
    for (String playlistId : landed.gapsOf()) {
      reject(playlistId, stored.reason(), null, out);
    }
    for (String playlistId : landed.rowsOf()) {
      read(playlistId, stored, landed.before().get(playlistId), out);
    }
  }

  private static void read(
      String playlistId, RawObject stored, @Nullable PriorReading before, MultiOutputReceiver out) {
    PlaylistReading reading = PlaylistReading.replaying(playlistId, stored);
    Standing standing = Standing.of(reading, before);
    if (standing.usesToday()) {
      outputToday(reading, standing, before, out);
    }
    Carry carry = standing.carry(playlistId, reading);
    if (carry != null) {
      out.get(ParsedPlaylists.CARRIES).output(carry);
    }
    reject(playlistId, standing.reason(), standing.status(), out);
  }

  private static void outputToday(
      PlaylistReading reading,
      Standing standing,
      @Nullable PriorReading before,
      MultiOutputReceiver out) {
    Playlist playlist = reading.playlist();
    ReadStatus status = standing.status();
    if (playlist == null || status == null) {
      return;
    }
    List<Slot> slots = status == ReadStatus.METADATA_ONLY ? List.of() : reading.slots();
    PriorReading rest = status == ReadStatus.UNCHANGED ? before : null;
    out.get(ParsedPlaylists.PLAYLISTS)
        .output(
            playlist.withReading(
                status,
                rest == null ? slots.size() : Math.max(slots.size(), rest.itemCount()),
                reading.totalCount(),
                rest == null ? reading.completeAt() : rest.itemsReadAt()));
    for (Slot slot : slots) {
      out.get(ParsedPlaylists.SLOTS).output(slot.seen());
      if (slot.unreadable()) {
        out.get(ParsedPlaylists.REJECTIONS).output(unreadable(slot.seen().item()));
      }
    }
  }

  private static void reject(
      String playlistId,
      @Nullable Reason reason,
      @Nullable ReadStatus status,
      MultiOutputReceiver out) {
    if (reason == null) {
      return;
    }
    out.get(ParsedPlaylists.REJECTIONS)
        .output(Rejection.ofPlaylist(playlistId, reason, reason.words()));
    if (status != ReadStatus.METADATA_ONLY) {
      out.get(ParsedPlaylists.TALLIES).output(KV.of(Tallies.PLAYLISTS_REJECTED, 1L));
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
