package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.transforms.FirstItems;
import dev.playlistlake.transforms.NewestAdded;
import dev.playlistlake.transforms.PackBatches;
import dev.playlistlake.transforms.Snapshot;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.SerializableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.join.CoGroupByKey;
import org.apache.beam.sdk.transforms.join.KeyedPCollectionTuple;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.jspecify.annotations.Nullable;

/**
 * Fetches all playlists of the list and stores the responses; a replay finds them stored.
 *
 * <p>In: the list's entries, in any order, and the day before. Entries without an id are skipped,
 * and words are replaced by the playlists that they stand for. Out: the resulting list; one {@link
 * StoredResponseRef} per playlist (playlists that were never requested share one, as do those fully
 * covered by the library's listing), and exactly one {@link FetchReport}. A playlist that cannot be
 * read is an outcome in its stored object; a lake that cannot be written fails the job. A single
 * call sends all requests, and so keeps Spotify's limits.
 */
public final class LandPlaylists extends PTransform<PCollection<ListEntry>, LandedResponses> {
  private final SpotifySettings settings;
  private final RawDay day;
  private final RefreshPolicy refreshPolicy;
  private final LibraryScope mine;
  private final @Nullable RawDay responsesBefore;
  private final transient Snapshot dayBefore;
  private final boolean isLikedListed;

  private LandPlaylists(
      SpotifySettings settings,
      RawDay day,
      RefreshPolicy refreshPolicy,
      LibraryScope mine,
      @Nullable RawDay responsesBefore,
      Snapshot dayBefore,
      boolean isLikedListed) {
    this.settings = settings;
    this.day = day;
    this.refreshPolicy = refreshPolicy;
    this.mine = mine;
    this.responsesBefore = responsesBefore;
    this.dayBefore = dayBefore;
    this.isLikedListed = isLikedListed;
  }

  /**
   * Playlists.
   *
   * @param day where the responses are stored, or replayed from
   * @param mine which playlists the word {@code me} stands for
   * @param responsesBefore the responses of the published day before; null if there was none
   * @param dayBefore the playlists and items of that day
   */
  public static LandPlaylists of(
      SpotifySettings settings,
      RawDay day,
      RefreshPolicy refreshPolicy,
      LibraryScope mine,
      @Nullable RawDay responsesBefore,
      Snapshot dayBefore) {
    return new LandPlaylists(
        settings, day, refreshPolicy, mine, responsesBefore, dayBefore, /* isLikedListed= */ false);
  }

  /** The same if Liked Songs may be in the list. */
  public LandPlaylists withLiked() {
    return new LandPlaylists(
        settings, day, refreshPolicy, mine, responsesBefore, dayBefore, /* isLikedListed= */ true);
  }

  @Override
  public LandedResponses expand(PCollection<ListEntry> entries) {
    SerializableCoder<ListEntry> entryCoder = SerializableCoder.of(ListEntry.class);
    TupleTag<ListEntry> listTag = new TupleTag<>("list");
    TupleTag<byte[]> beforeTag = new TupleTag<>("before");
    TupleTag<byte[]> itemsTag = new TupleTag<>("first items");
    TupleTag<KV<String, Long>> newestTag = new TupleTag<>("newest");
    KeyedPCollectionTuple<Integer> gathered =
        KeyedPCollectionTuple.of(
                listTag,
                entries
                    .apply("One key for all", WithKeys.of(0))
                    .setCoder(KvCoder.of(VarIntCoder.of(), entryCoder)))
            .and(
                beforeTag,
                dayBefore
                    .playlists()
                    .apply(
                        "Gather the day before",
                        PackBatches.by(row -> 0, RowFormat.of(new PlaylistCodec()))))
            .and(itemsTag, dayBefore.items().apply("Gather first items", FirstItems.packed()));
    if (isLikedListed) {
      gathered =
          gathered.and(
              newestTag,
              dayBefore
                  .items()
                  .apply("Newest of Liked Songs", NewestAdded.ofLikedSongs())
                  .apply("Same key", WithKeys.of(0))
                  .setCoder(KvCoder.of(VarIntCoder.of(), NewestAdded.coder())));
    }
    PCollectionTuple landed =
        gathered
            .apply("Gather the list", CoGroupByKey.create())
            .apply(
                "Ask for playlists",
                ParDo.of(
                        new LandPlaylistsFn(
                            new ListLanding(
                                SpotifyConnection.of(settings),
                                day,
                                refreshPolicy,
                                settings.users(),
                                new ListLanding.LibrarySelection(mine, responsesBefore)),
                            new LandPlaylistsFn.Inputs(
                                listTag, beforeTag, itemsTag, isLikedListed ? newestTag : null)))
                    .withOutputTags(
                        LandedResponses.LANDED,
                        TupleTagList.of(LandedResponses.LIST)
                            .and(LandedResponses.REPORT)
                            .and(LandedResponses.TALLIES)));
    landed.get(LandedResponses.LIST).setCoder(entryCoder);
    return new LandedResponses(landed);
  }
}
