package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.Tallies;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.SeenItem;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;

/** Turns a playlist's stored object into rows. */
final class ParsePlaylistsFn extends DoFn<Landed, SeenItem> {
  private final Instant startedAt;

  ParsePlaylistsFn(Instant startedAt) {
    this.startedAt = startedAt;
  }

  @ProcessElement
  public void process(@Element Landed landed, MultiOutputReceiver out) {
    RawObject stored = RawObject.readWhole(landed.path());
    out.get(ParsedPlaylists.TALLIES)
        .output(KV.of(Tallies.REQUESTS, stored.attemptsSince(startedAt)));
    for (String playlistId : landed.ids()) {
      read(PlaylistReading.replaying(playlistId, stored), playlistId, landed.onlyGaps(), out);
    }
  }

  private static void read(
      PlaylistReading reading, String playlistId, boolean onlyGaps, MultiOutputReceiver out) {
    Reason reason = reading.reason();
    if (reason != null) {
      out.get(ParsedPlaylists.REJECTIONS)
          .output(Rejection.ofPlaylist(playlistId, reason, reason.words()));
    }
    ReadStatus status =
        switch (Objects.requireNonNull(reading.outcome())) {
          case COMPLETE -> ReadStatus.READ;
          case UNCHANGED -> ReadStatus.UNCHANGED;
          case METADATA_ONLY -> ReadStatus.METADATA_ONLY;
          case PARTIAL -> ReadStatus.INCOMPLETE;
          case REJECTED, NONE -> null;
        };
    if (reason != null && status != ReadStatus.METADATA_ONLY) {
      out.get(ParsedPlaylists.TALLIES).output(KV.of(Tallies.PLAYLISTS_REJECTED, 1L));
    }
    Playlist playlist = reading.playlist();
    if (onlyGaps || status == null || playlist == null) {
      return;
    }
    List<Slot> slots = status == ReadStatus.METADATA_ONLY ? List.of() : reading.slots();
    out.get(ParsedPlaylists.PLAYLISTS)
        .output(
            playlist.withReading(status, slots.size(), reading.totalCount(), reading.completeAt()));
    for (Slot slot : slots) {
      out.get(ParsedPlaylists.SLOTS).output(slot.seen());
      if (slot.unreadable()) {
        out.get(ParsedPlaylists.REJECTIONS).output(unreadable(slot.seen().item()));
      }
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
