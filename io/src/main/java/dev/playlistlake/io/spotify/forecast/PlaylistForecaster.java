package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import dev.playlistlake.io.spotify.api.Page;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.api.SpotifyIds;
import dev.playlistlake.io.spotify.fetch.Progress;
import dev.playlistlake.io.spotify.fetch.RunLimits;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.stored.PlaylistRefresh;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds the outlook of each playlist, from the first of these that exists: what the day has stored,
 * the library listing, a first response fetched now, the previous day.
 */
final class PlaylistForecaster {
  private final RawDay day;
  private final PlaylistRefresh refresh;
  private final PreviousDay previous;
  private final NamedCatalog named;
  private final Map<String, PlaylistOutlook> outlooks = new ConcurrentHashMap<>();
  private final Set<Reason> confirmed = new HashSet<>();
  private final Set<ItemsRoute> dialects = EnumSet.noneOf(ItemsRoute.class);

  /**
   * Creates a forecaster without outlooks.
   *
   * @param named receives what the playlists' items name
   */
  PlaylistForecaster(
      RawDay day, PlaylistRefresh refresh, PreviousDay previous, NamedCatalog named) {
    this.day = day;
    this.refresh = refresh;
    this.previous = previous;
    this.named = named;
  }

  /** Takes the playlists that a run would not fetch; returns the others, in the order given. */
  List<String> settle(List<String> playlistIds, Library library) {
    RawStore store = new RawStore(day, "playlist");
    Set<String> stored = store.names();
    List<String> unsettled = new ArrayList<>();
    store.readInOrder(
        playlistIds,
        id -> stored.contains(id) ? store.read(id) : Optional.<RawObject>empty(),
        (id, object) -> {
          if (object.filter(found -> refresh.needsNoFetch(id, found)).isPresent()) {
            conclude(PlaylistDryRun.ofStored(id, refresh, object.get()));
          } else if (object.isEmpty() && refresh.isSpared(id, library)) {
            conclude(PlaylistDryRun.ofListing(id, refresh, library));
          } else {
            unsettled.add(id);
          }
        });
    return unsettled;
  }

  /**
   * Fetches first responses, the most needed first; assumes the previous day where a fetch fails.
   *
   * @return the playlists that the limits left out
   * @throws InterruptedException if the thread is interrupted while it waits for responses
   */
  List<FetchPlan> fetch(SpotifyConnection connection, RunLimits limits, List<String> playlistIds)
      throws InterruptedException {
    List<PlaylistDryRun> dryRuns =
        playlistIds.stream()
            .sorted(refresh.mostNeededFirst())
            .map(id -> PlaylistDryRun.fetching(id, refresh))
            .toList();
    try (Progress progress =
        Progress.start(
            "first answers", dryRuns.size(), limits::spent, connection.settings().progress())) {
      return connection
          .fetchLoop(limits)
          .run(
              dryRuns,
              work -> {
                PlaylistDryRun dryRun = (PlaylistDryRun) work.plan();
                if (dryRun.reason() == null) {
                  conclude(dryRun);
                } else {
                  assume(dryRun.name(), dryRun.reason());
                }
                progress.oneDone();
              });
    }
  }

  private synchronized void conclude(PlaylistDryRun dryRun) {
    ItemsRoute dialect = dryRun.route();
    if (dialect != null) {
      dialects.add(dialect);
    }
    put(dryRun.name(), dryRun.conclude(named));
  }

  /**
   * Takes a playlist as it was on the previous day.
   *
   * @param notFetched why there is no first response; null if none was wanted
   */
  synchronized void assume(String playlistId, @Nullable Reason notFetched) {
    PlaylistDryRun dryRun = asOnPreviousDay(playlistId);
    put(
        playlistId,
        dryRun == null
            ? PlaylistOutlook.unknown(playlistId, notFetched)
            : dryRun.conclude(named).withNotAsked(notFetched));
  }

  /** A run confirms a refusal once for all playlists that it refuses alike. */
  private void put(String playlistId, PlaylistOutlook outlook) {
    Reason refusal = outlook.firstAnswers() == 0 ? null : outlook.unreadable();
    boolean isRefused =
        Reason.FORBIDDEN.equals(refusal)
            || (Reason.NOT_READABLE_BY_THIS_APP.equals(refusal)
                && SpotifyIds.isSpotifysOwn(playlistId));
    boolean isFirst = isRefused && confirmed.add(refusal);
    outlooks.put(playlistId, isFirst ? outlook.withConfirmation() : outlook);
  }

  /** Plays that day's rows as the response; null if they show too little. */
  private @Nullable PlaylistDryRun asOnPreviousDay(String playlistId) {
    Playlist row = previous.row(playlistId);
    Reason rejection = previous.rejection(playlistId);
    if (Reason.NOT_FOUND.equals(rejection)
        || (Reason.NOT_READABLE_BY_THIS_APP.equals(rejection) && row == null)) {
      return PlaylistDryRun.assumingRefusal(playlistId, refresh, Reason.NOT_FOUND);
    } else if (Reason.FORBIDDEN.equals(rejection)) {
      return PlaylistDryRun.assumingRefusal(playlistId, refresh, Reason.FORBIDDEN);
    } else if (row == null) {
      return null;
    } else if (Reason.NOT_READABLE_BY_THIS_APP.equals(rejection)
        || ReadStatus.METADATA_ONLY.equals(row.readStatus())) {
      return PlaylistDryRun.assuming(
          playlistId, refresh, new PlaylistJson.First(row, null, null, row.snapshotId()));
    }
    Integer total = row.totalCount();
    if (total == null) {
      return null;
    }
    boolean liked = LikedSongs.isId(playlistId);
    int first = liked ? ApiRequest.LikedPage.SIZE : ItemsRoute.FIRST_ITEMS;
    Page page = Page.of(total, Math.min(total, first));
    PreviousPlaylist before = Objects.requireNonNull(previous.playlists().get(playlistId));
    ItemsRoute dialect = previous.batchesRefused() ? ItemsRoute.ITEMS : ItemsRoute.TRACKS;
    return PlaylistDryRun.assuming(
        playlistId, refresh, new PlaylistJson.First(row, dialect, page, before.version()));
  }

  /**
   * The outlooks of these playlists, in their order.
   *
   * @throws NullPointerException if one was neither settled, fetched nor assumed
   */
  List<PlaylistOutlook> outlooks(List<String> playlistIds) {
    return playlistIds.stream().map(id -> Objects.requireNonNull(outlooks.get(id))).toList();
  }

  /** The dialects of today's responses. */
  synchronized Set<ItemsRoute> dialects() {
    return Set.copyOf(dialects);
  }
}
