package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.fetch.FetchLoop;
import dev.playlistlake.io.spotify.fetch.FetchMetrics;
import dev.playlistlake.io.spotify.fetch.OpenFetch;
import dev.playlistlake.io.spotify.fetch.Progress;
import dev.playlistlake.io.spotify.fetch.RunLimits;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.LibraryFetch;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.reading.PlaylistVerdict;
import dev.playlistlake.io.spotify.stored.LibraryList;
import dev.playlistlake.io.spotify.stored.PlaylistRefresh;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.stored.StoredPlaylists;
import dev.playlistlake.io.spotify.stored.WithheldPlaylists;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.FetchReport;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fetches the playlists that the day has not stored yet, and stores their responses. */
public final class PlaylistLanding {
  private final SpotifyConnection connection;
  private final RawDay day;
  private final RawStore store;
  private final Map<String, PreviousPlaylist> before;
  private final PlaylistRefresh playlists;

  /**
   * A landing.
   *
   * @param before the state of playlists on the day before, by id
   */
  PlaylistLanding(
      SpotifyConnection connection,
      RawDay day,
      RefreshPolicy refreshPolicy,
      Map<String, PreviousPlaylist> before) {
    this.connection = connection;
    this.day = day;
    this.store = new RawStore(day, "playlist");
    this.before = before;
    this.playlists = new PlaylistRefresh(refreshPolicy, before);
  }

  /**
   * The result.
   *
   * @param landed one object per playlist
   * @param report how the fetching went
   */
  public record Result(List<StoredResponseRef> landed, FetchReport report) {}

  /**
   * All stored objects of the playlists given, in no order; none if Spotify refuses the sign-in.
   *
   * @param list marks the playlists for which the library's listing is enough
   * @param library what was fetched before
   */
  Result land(List<ListEntry> list, LibraryLanding.Result library) throws InterruptedException {
    List<StoredResponseRef> landed = Collections.synchronizedList(new ArrayList<>());
    List<String> toFetch = new ArrayList<>();
    // Stored but not final: it counts until there is something better.
    Set<String> incomplete = new HashSet<>();
    List<String> listedIds = LibraryList.ids(list.stream().filter(ListEntry::listed).toList());
    List<String> others = LibraryList.ids(list.stream().filter(entry -> !entry.listed()).toList());
    Map<String, PlaylistRefresh.Stored> stored = stored(others);
    long spentBefore = 0;
    for (String playlistId : others) {
      PlaylistRefresh.Stored known = stored.get(playlistId);
      if (known != null) {
        spentBefore += known.requests();
      }
      if (known != null && known.isFinal()) {
        landed.add(landed(playlistId));
      } else {
        toFetch.add(playlistId);
        if (known != null) {
          incomplete.add(playlistId);
        }
      }
    }
    library
        .paths()
        .forEach(
            (name, path) ->
                landed.add(
                    StoredPlaylists.landed(
                        path, name.equals(LibraryFetch.NAME) ? listedIds : List.of(), before)));
    toFetch.sort(playlists.mostNeededFirst());
    RunLimits limits =
        new RunLimits(
            connection.settings().requestBudget(), library.report().withMoreRequests(spentBefore));
    List<FetchPlan> notStarted = fetch(toFetch, limits, landed);
    limits.settle();
    landNotFetched(notStarted, incomplete, limits, landed);
    FetchReport report = limits.report(List.of());
    return new Result(
        report.isAuthorised()
            ? withheldFromListing(landed, list, library)
            : forTheCountOnly(landed),
        report);
  }

  private List<StoredResponseRef> withheldFromListing(
      List<StoredResponseRef> landed, List<ListEntry> list, LibraryLanding.Result library) {
    return new WithheldPlaylists(store, before)
        .fromListing(
            List.copyOf(landed),
            list,
            () ->
                Optional.ofNullable(library.paths().get(LibraryFetch.NAME))
                    .map(
                        path ->
                            new WithheldPlaylists.Listing(
                                path, library.library().listed().keySet())));
  }

  /** What the day has stored of these playlists, by id; without objects that were cut short. */
  private Map<String, PlaylistRefresh.Stored> stored(List<String> playlistIds) {
    Map<String, Instant> writtenAt = store.writtenAt();
    List<String> there = playlistIds.stream().filter(writtenAt::containsKey).toList();
    Map<String, PlaylistRefresh.Stored> stored = new HashMap<>();
    try (Progress progress =
        Progress.startReading("stored playlists", there.size(), connection.settings().progress())) {
      store.readInOrder(
          there,
          id -> playlists.stored(store, id, Objects.requireNonNull(writtenAt.get(id))),
          (id, found) -> {
            found.ifPresent(known -> stored.put(id, known));
            progress.oneDone();
          });
    }
    return stored;
  }

  /** The list, marking entries for which the library's listing is enough. */
  List<ListEntry> listed(List<ListEntry> list, LibraryLanding.Result library) {
    Library known = library.library();
    if (known.listed().isEmpty()) {
      return list;
    }
    Set<String> stored = store.names();
    return list.stream()
        .map(
            entry -> {
              String id = entry.playlistId();
              return entry.withListed(
                  id != null && !stored.contains(id) && playlists.isSpared(id, known));
            })
        .toList();
  }

  private List<FetchPlan> fetch(
      List<String> playlistIds, RunLimits limits, List<StoredResponseRef> landed)
      throws InterruptedException {
    FetchLoop loop = connection.fetchLoop(limits);
    try (Progress progress =
        Progress.start(
            "playlists", playlistIds.size(), limits::spent, connection.settings().progress())) {
      return loop.run(
          playlistIds.stream().map(playlists::fetching).toList(),
          fetch -> {
            landed.addAll(keep(fetch));
            progress.oneDone();
            count(fetch.plan());
          });
    }
  }

  private void count(FetchPlan ended) {
    connection.metrics().add(FetchMetrics.Count.PLAYLISTS, 1);
    if (Reason.FORBIDDEN.equals(ended.reason()) || Reason.NOT_FOUND.equals(ended.reason())) {
      connection.playlistRefused();
    }
    Integer items = ((PlaylistFetch) ended).totalCount();
    if (ended.outcome() == RawOutcome.COMPLETE && items != null) {
      connection.metrics().add(FetchMetrics.Count.ITEMS, items);
    }
  }

  private void landNotFetched(
      List<FetchPlan> notStarted,
      Set<String> incomplete,
      RunLimits limits,
      List<StoredResponseRef> landed) {
    List<String> withoutResponse = new ArrayList<>();
    List<String> withResponse = new ArrayList<>();
    @Nullable Reason reason = limits.stoppedBy();
    for (FetchPlan plan : notStarted) {
      reason = reason == null ? plan.reason() : reason;
      (incomplete.contains(plan.name()) ? withResponse : withoutResponse).add(plan.name());
    }
    List<String> withoutGap = new ArrayList<>();
    store.readInOrder(
        withResponse,
        this::hasNoGap,
        (playlistId, hasNoGap) -> {
          landed.add(landed(playlistId));
          if (hasNoGap) {
            withoutGap.add(playlistId);
          }
        });
    boolean hasGaps = !withoutResponse.isEmpty() || !withoutGap.isEmpty();
    if (hasGaps && reason != null && limits.refusal() == null) {
      String path =
          store.write(StoredPlaylists.unasked(day), new RawObject.Draft(), RawOutcome.NONE, reason);
      landed.add(StoredPlaylists.landed(path, withoutResponse, before));
      landed.add(
          new StoredResponseRef(SubjectType.PLAYLIST, path, List.of(), withoutGap, Map.of()));
    }
  }

  private boolean hasNoGap(String playlistId) {
    return store
        .read(playlistId)
        .map(object -> PlaylistFetch.replayingWithoutSlots(playlistId, object))
        .filter(reading -> PlaylistVerdict.of(reading, before.get(playlistId)).reason() == null)
        .isPresent();
  }

  /** A run whose sign-in is refused publishes nothing, but its requests count. */
  private static List<StoredResponseRef> forTheCountOnly(List<StoredResponseRef> landed) {
    return landed.stream()
        .map(object -> StoredResponseRef.forTheCount(object.kind(), object.path()))
        .toList();
  }

  private List<StoredResponseRef> keep(OpenFetch fetch) {
    FetchPlan plan = fetch.plan();
    String name = plan.name();
    RawOutcome outcome = Objects.requireNonNull(plan.outcome());
    // Checked now, not at the start: another run of the day may have stored it meanwhile.
    Optional<RawObject> better =
        outcome.isFinal()
            ? Optional.empty()
            : store.find(name).filter(object -> object.outcome().saysMoreThan(outcome));
    if (better.isPresent()) {
      // The day's earlier response still holds; failing to fetch it again is a gap all the same.
      String path =
          store.write(StoredPlaylists.aside(day, name), fetch.draft(), outcome, plan.reason());
      return List.of(
          landed(name), StoredPlaylists.landedAside(path, name, better.get(), before.get(name)));
    }
    store.write(name, fetch.draft(), outcome, plan.reason());
    return List.of(landed(name));
  }

  private StoredResponseRef landed(String playlistId) {
    return StoredPlaylists.landed(store.path(playlistId), List.of(playlistId), before);
  }
}
