package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawList;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.stored.LibraryList;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.PlaylistReplay;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.io.spotify.users.UserPseudonyms;
import dev.playlistlake.model.FetchReport;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.PreviousPlaylist;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.RowFormat;
import dev.playlistlake.transforms.Batches;
import dev.playlistlake.transforms.NewestAdded;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.join.CoGbkResult;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.jspecify.annotations.Nullable;

/** Stores the list, then the answers for its playlists; a replay finds both stored. */
final class LandPlaylistsFn extends DoFn<KV<Integer, CoGbkResult>, StoredResponseRef> {
  private final SpotifyConnection.Factory factory;
  private final RawDay day;
  private final RefreshPolicy freshness;
  private final UserIdPolicy users;
  private final Words words;
  private final Inputs inputs;

  /** What words of the list lean on, beside what is asked. */
  record Words(LibraryScope mine, @Nullable RawDay answersBefore) implements Serializable {
    /** The list of the day before; empty where it is not stored any more. */
    List<ListEntry> listBefore() {
      return answersBefore == null ? List.of() : RawList.find(answersBefore).orElse(List.of());
    }
  }

  /**
   * Which of the gathered is what.
   *
   * @param newest null where no Liked Songs are in the list
   */
  record Inputs(
      TupleTag<ListEntry> list,
      TupleTag<byte[]> before,
      @Nullable TupleTag<KV<String, Long>> newest)
      implements Serializable {}

  LandPlaylistsFn(
      SpotifyConnection.Factory factory,
      RawDay day,
      RefreshPolicy freshness,
      UserIdPolicy users,
      Words words,
      Inputs inputs) {
    this.factory = factory;
    this.day = day;
    this.freshness = freshness;
    this.users = users;
    this.words = words;
    this.inputs = inputs;
  }

  @ProcessElement
  public void process(@Element KV<Integer, CoGbkResult> all, MultiOutputReceiver out)
      throws InterruptedException, IOException {
    List<ListEntry> entries = new ArrayList<>();
    all.getValue().getAll(inputs.list()).forEach(entries::add);
    entries.sort(Comparator.comparingInt(ListEntry::index));
    Map<String, PreviousPlaylist> before = before(all.getValue());
    if (day.isReplay()) {
      shown(entries).forEach(out.get(LandedResponses.LIST)::output);
      new PlaylistReplay(day, users.open())
          .find(entries, before)
          .forEach(out.get(LandedResponses.LANDED)::output);
      out.get(LandedResponses.REPORT).output(FetchReport.start());
      return;
    }
    // Opened here and not in a set-up method: this is called once a run, and only this asks.
    try (SpotifyConnection connection = factory.open()) {
      LibraryLanding.Result library =
          new LibraryLanding(connection, day, freshness).land(entries, words.mine());
      List<ListEntry> list = entries;
      if (library.report().isAuthorised() && entries.stream().anyMatch(ListEntry::isWord)) {
        list =
            LibraryList.resolve(
                entries, library.library(), words.mine(), before, words.listBefore());
      }
      PlaylistLanding landing = new PlaylistLanding(connection, day, freshness, before);
      list =
          landing.listed(shown(list.stream().filter(entry -> !entry.isWord()).toList()), library);
      if (library.report().isAuthorised()) {
        // Else a list without its words would be the day's newest, for replays.
        RawList.write(day, list);
      }
      PlaylistLanding.Result result = landing.land(list, library);
      list.forEach(out.get(LandedResponses.LIST)::output);
      result.landed().forEach(out.get(LandedResponses.LANDED)::output);
      out.get(LandedResponses.REPORT).output(result.report());
    }
  }

  /** Liked Songs may have been named by their user when they were stored. */
  private List<ListEntry> shown(List<ListEntry> list) {
    UserPseudonyms ids = users.open();
    return list.stream()
        .map(
            entry ->
                entry.playlistId() == null
                    ? entry
                    : entry.withPlaylistId(ids.shownPlaylist(entry.playlistId())))
        .toList();
  }

  /** How playlists stood on the day before, by id. */
  private Map<String, PreviousPlaylist> before(CoGbkResult all) {
    Map<String, PreviousPlaylist> before = new HashMap<>();
    Batches.forEach(
        all.getAll(inputs.before()),
        RowFormat.of(new PlaylistCodec()),
        row -> before.put(row.playlistId(), PreviousPlaylist.of(row)));
    if (inputs.newest() != null) {
      for (KV<String, Long> newest : all.getAll(inputs.newest())) {
        String version = LikedSongs.version(NewestAdded.instant(newest.getValue()));
        before.computeIfPresent(newest.getKey(), (id, reading) -> reading.withVersion(version));
      }
    }
    return before;
  }
}
