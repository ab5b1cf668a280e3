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
import dev.playlistlake.model.FetchReport;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.PreviousPlaylist;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
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

/** Gets the day's answers for playlists into the store, asking for those that are not there yet. */
public final class PlaylistLanding {
  private final SpotifyConnection source;
  private final RawDay day;
  private final RawStore store;
  private final Map<String, PreviousPlaylist> before;
  private final PlaylistRefresh playlists;

  /**
   * A landing.
   *
   * @param before how playlists stood on the day before, by id
   */
  PlaylistLanding(
      SpotifyConnection source,
      RawDay day,
      RefreshPolicy freshness,
      Map<String, PreviousPlaylist> before) {
    this.source = source;
    this.day = day;
    this.store = new RawStore(day, "playlist");
    this.before = before;
    this.playlists = new PlaylistRefresh(freshness, before);
  }

  /**
   * What landed.
   *
   * @param landed an object a playlist
   * @param report how the asking went
   */
  public record Result(List<StoredResponseRef> landed, FetchReport report) {}

  /**
   * All stored objects of the playlists given, in no order; none where Spotify lets nobody in.
   *
   * @param list says of which playlists the library's listing tells all
   * @param library what was asked before
   */
  Result land(List<ListEntry> list, LibraryLanding.Result library) throws InterruptedException {
    List<StoredResponseRef> landed = Collections.synchronizedList(new ArrayList<>());
    List<String> toAsk = new ArrayList<>();
    // Stored, but not the last word: what is there counts until there is something better.
    Set<String> halfDone = new HashSet<>();
    List<String> told = LibraryList.ids(list.stream().filter(ListEntry::listed).toList());
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
        toAsk.add(playlistId);
        if (known != null) {
          halfDone.add(playlistId);
        }
      }
    }
    library
        .paths()
        .forEach(
            (name, path) ->
                landed.add(
                    StoredPlaylists.landed(
                        path, name.equals(LibraryFetch.NAME) ? told : List.of(), before)));
    toAsk.sort(playlists.mostNeededFirst());
    RunLimits asked =
        new RunLimits(
            source.settings().requestBudget(), library.report().withMoreRequests(spentBefore));
    List<FetchPlan> unasked = ask(toAsk, asked, landed);
    landUnasked(unasked, halfDone, asked, landed);
    FetchReport report = asked.report(List.of());
    return new Result(
        report.isAuthorised() ? List.copyOf(landed) : forTheCountOnly(landed), report);
  }

  /**
   * What the day has stored of these playlists, by id; objects that were cut short are left out.
   */
  private Map<String, PlaylistRefresh.Stored> stored(List<String> playlistIds) {
    Map<String, Instant> writtenAt = store.writtenAt();
    List<String> there = playlistIds.stream().filter(writtenAt::containsKey).toList();
    Map<String, PlaylistRefresh.Stored> stored = new HashMap<>();
    try (Progress progress =
        Progress.startReading("stored playlists", there.size(), source.settings().progress())) {
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

  /** The list, with those marked of which the library's listing tells all. */
  List<ListEntry> listed(List<ListEntry> list, LibraryLanding.Result library) {
    Library told = library.library();
    if (told.listed().isEmpty()) {
      return list;
    }
    Set<String> stored = store.names();
    return list.stream()
        .map(
            entry -> {
              String id = entry.playlistId();
              return entry.withListed(
                  id != null && !stored.contains(id) && playlists.isSpared(id, told));
            })
        .toList();
  }

  private List<FetchPlan> ask(
      List<String> playlistIds, RunLimits asked, List<StoredResponseRef> landed)
      throws InterruptedException {
    FetchLoop asking = source.asking(asked);
    try (Progress progress =
        Progress.start(
            "playlists", playlistIds.size(), asked::spent, source.settings().progress())) {
      return asking.work(
          playlistIds.stream()
              .map(id -> PlaylistFetch.asking(id, playlists.carryable(id)))
              .toList(),
          work -> {
            landed.addAll(keep(work));
            progress.oneDone();
            count(work.subject());
          });
    }
  }

  private void count(FetchPlan ended) {
    source.numbers().add(FetchMetrics.Count.PLAYLISTS, 1);
    Integer items = ((PlaylistFetch) ended).totalCount();
    if (ended.outcome() == RawOutcome.COMPLETE && items != null) {
      source.numbers().add(FetchMetrics.Count.ITEMS, items);
    }
  }

  private void landUnasked(
      List<FetchPlan> unasked,
      Set<String> halfDone,
      RunLimits asked,
      List<StoredResponseRef> landed) {
    List<String> withoutAnswer = new ArrayList<>();
    List<String> hadAnswer = new ArrayList<>();
    @Nullable Reason reason = asked.stoppedBy();
    for (FetchPlan subject : unasked) {
      reason = reason == null ? subject.reason() : reason;
      (halfDone.contains(subject.name()) ? hadAnswer : withoutAnswer).add(subject.name());
    }
    List<String> withoutGap = new ArrayList<>();
    store.readInOrder(
        hadAnswer,
        this::tellsNoGap,
        (playlistId, tellsNoGap) -> {
          landed.add(landed(playlistId));
          if (tellsNoGap) {
            withoutGap.add(playlistId);
          }
        });
    boolean anybody = !withoutAnswer.isEmpty() || !withoutGap.isEmpty();
    if (anybody && reason != null && asked.refusal() == null) {
      String path =
          store.write(StoredPlaylists.unasked(day), new RawObject.Draft(), RawOutcome.NONE, reason);
      landed.add(StoredPlaylists.landed(path, withoutAnswer, before));
      landed.add(
          new StoredResponseRef(SubjectType.PLAYLIST, path, List.of(), withoutGap, Map.of()));
    }
  }

  private boolean tellsNoGap(String playlistId) {
    return store
        .read(playlistId)
        .map(object -> PlaylistFetch.replayingWithoutSlots(playlistId, object))
        .filter(reading -> PlaylistVerdict.of(reading, before.get(playlistId)).reason() == null)
        .isPresent();
  }

  /** A run that nobody let in publishes nothing, but what it asked is counted. */
  private static List<StoredResponseRef> forTheCountOnly(List<StoredResponseRef> landed) {
    return landed.stream()
        .map(object -> StoredResponseRef.forTheCount(object.kind(), object.path()))
        .toList();
  }

  private List<StoredResponseRef> keep(OpenFetch work) {
    FetchPlan subject = work.subject();
    String name = subject.name();
    RawOutcome outcome = Objects.requireNonNull(subject.outcome());
    // Looked up now and not at the start: another run of the day may have stored it meanwhile.
    Optional<RawObject> better =
        outcome.isFinal()
            ? Optional.empty()
            : store.find(name).filter(object -> object.outcome().saysMoreThan(outcome));
    if (better.isPresent()) {
      // The day's earlier answer still holds; that it could not be had again is a gap all the same.
      String path =
          store.write(StoredPlaylists.aside(day, name), work.draft(), outcome, subject.reason());
      return List.of(
          landed(name), StoredPlaylists.landedAside(path, name, better.get(), before.get(name)));
    }
    store.write(name, work.draft(), outcome, subject.reason());
    return List.of(landed(name));
  }

  private StoredResponseRef landed(String playlistId) {
    return StoredPlaylists.landed(store.path(playlistId), List.of(playlistId), before);
  }
}
