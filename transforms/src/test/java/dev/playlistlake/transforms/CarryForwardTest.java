package dev.playlistlake.transforms;

import static dev.playlistlake.testing.Rows.track;

import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.run.Carry;
import dev.playlistlake.testing.BeamTest;
import dev.playlistlake.testing.Rows;
import java.util.List;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rows of the day before stand for today where an order says so, and nowhere else. */
class CarryForwardTest {
  private static final Playlist WHOLE = Rows.playlist("whole", ReadStatus.READ, 2);

  @RegisterExtension final BeamTest beam = new BeamTest();

  @Test
  void eachPlaylistIsCarriedAsItsOrderSays() {
    Snapshot carried =
        carried(
            new Carry("whole", 0, ReadStatus.STALE),
            new Carry("end", 1, null),
            new Carry("never had", 0, ReadStatus.STALE));
    PAssert.that(carried.playlists()).containsInAnyOrder(WHOLE.withStatus(ReadStatus.STALE));
    PAssert.that(carried.items())
        .containsInAnyOrder(track("whole", 0, "a"), track("whole", 1, "b"), track("end", 1, "d"));
    beam.run();
  }

  @Test
  void withoutOrdersNothingIsCarried() {
    Snapshot carried = carried();
    PAssert.that(carried.playlists()).empty();
    PAssert.that(carried.items()).empty();
    beam.run();
  }

  private Snapshot carried(Carry... orders) {
    Snapshot before =
        new Snapshot(
            beam.pipeline()
                .apply(
                    "playlists",
                    Create.of(
                            WHOLE,
                            Rows.playlist("end", ReadStatus.READ, 2),
                            Rows.playlist("other", ReadStatus.READ, 1))
                        .withType(TypeDescriptor.of(Playlist.class))),
            beam.pipeline()
                .apply(
                    "items",
                    Create.of(
                            track("whole", 0, "a"),
                            track("whole", 1, "b"),
                            track("end", 0, "c"),
                            track("end", 1, "d"),
                            track("other", 0, "e"))
                        .withType(TypeDescriptor.of(PlaylistItem.class))));
    return beam.pipeline()
        .apply("orders", Create.of(List.of(orders)).withType(TypeDescriptor.of(Carry.class)))
        .apply("carry", CarryForward.from(before))
        .rows();
  }
}
