package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.LakeRows;
import dev.playlistlake.io.publish.RunRows;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawList;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.api.ItemsRoute;
import dev.playlistlake.io.spotify.api.Page;
import dev.playlistlake.io.spotify.api.PlaylistJson;
import dev.playlistlake.io.spotify.fetch.Progress;
import dev.playlistlake.io.spotify.fetch.RunLimits;
import dev.playlistlake.io.spotify.fetch.SpotifyConnection;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.land.LibraryLanding;
import dev.playlistlake.io.spotify.reading.FetchPlan;
import dev.playlistlake.io.spotify.reading.Library;
import dev.playlistlake.io.spotify.reading.LibraryFetch;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LibraryList;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.PlaylistRefresh;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.stored.StoredDetails;
import dev.playlistlake.io.spotify.stored.StoredLibrary;
import dev.playlistlake.model.DetailState;
import dev.playlistlake.model.FetchReport;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.PreviousPlaylist;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RejectionCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Foretells the requests of a run: from the first answers of its playlists, one request each, or
 * without any from the day before. What the day has stored already counts as it does in a run.
 * Nothing is stored.
 */
public final class RunForecaster {
  private final SpotifySettings settings;
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy freshness;
  private final @Nullable LakeLayout dayBefore;
  private final NamedCatalog named = new NamedCatalog();
  private final Map<String, PlaylistOutlook> outlooks = new ConcurrentHashMap<>();
  private final Map<String, Playlist> rows = new HashMap<>();
  private final Map<String, Reason> gaps = new HashMap<>();
  private final PlaylistRefresh known;
  private final boolean batchesRefused;
  private final LibraryScope mine;
  private final Set<ItemsRoute> routes = EnumSet.noneOf(ItemsRoute.class);

  private RunForecaster(
      SpotifySettings settings,
      RawDay day,
      Enrichment enrichment,
      RefreshPolicy freshness,
      LibraryScope mine,
      @Nullable LakeLayout dayBefore) {
    this.settings = settings;
    this.mine = mine;
    this.day = day;
    this.enrichment = enrichment;
    this.freshness = freshness;
    this.dayBefore = dayBefore;
    Map<String, PreviousPlaylist> before = new HashMap<>();
    boolean refused = false;
    if (dayBefore != null) {
      LakeRows.forEach(
          new PlaylistCodec(),
          dayBefore,
          row -> {
            rows.put(row.playlistId(), row);
            before.put(row.playlistId(), PreviousPlaylist.of(row));
          });
      LakeRows.forEach(
          new RejectionCodec(),
          dayBefore,
          gap -> {
            if (gap.stage() == Stage.PLAYLISTS && gap.playlistId() != null) {
              gaps.put(gap.playlistId(), gap.reason());
            }
          });
      if (before.keySet().stream().anyMatch(LikedSongs::isId)) {
        LakeRows.forEach(new PlaylistItemCodec(), dayBefore, item -> version(item, before));
      }
      refused = RunRows.read(dayBefore).missingCapabilities().contains(StoredDetails.BATCH);
    }
    this.known = new PlaylistRefresh(freshness, before);
    this.batchesRefused = refused;
  }

  /**
   * A forecast for a run like this.
   *
   * @param day where the run would store its answers
   * @param mine which playlists the word {@code me} means
   * @param dayBefore the newest published day before; null where there is none
   */
  public static RunForecaster of(
      SpotifySettings settings,
      RawDay day,
      Enrichment enrichment,
      RefreshPolicy freshness,
      LibraryScope mine,
      @Nullable LakeLayout dayBefore) {
    return new RunForecaster(settings, day, enrichment, freshness, mine, dayBefore);
  }

  /** Liked Songs are told apart by when the newest was added. */
  private static void version(PlaylistItem item, Map<String, PreviousPlaylist> before) {
    Instant added = item.addedAt();
    if (added != null && LikedSongs.isId(item.playlistId())) {
      String version = LikedSongs.version(added);
      before.computeIfPresent(
          item.playlistId(),
          (id, reading) ->
              reading.version() != null && Instant.parse(reading.version()).isAfter(added)
                  ? reading
                  : reading.withVersion(version));
    }
  }

  /** From the listing of the library and from first answers: at most one request a playlist. */
  public Forecast asking(List<ListEntry> entries) throws InterruptedException, IOException {
    try (SpotifyConnection source = SpotifyConnection.withoutPipeline(settings)) {
      Instant begun = source.steady().instant();
      LibraryLanding.Result library =
          new LibraryLanding(source, day, freshness).look(entries, mine);
      List<ListEntry> list = list(entries, library.library());
      List<String> toAsk = new ArrayList<>(withoutKnown(LibraryList.ids(list), library.library()));
      toAsk.sort(known.mostNeededFirst());
      RunLimits asked = new RunLimits(settings.requestBudget(), library.report());
      List<FetchPlan> unasked = look(source, asked, toAsk);
      Duration took = Duration.between(begun, source.steady().instant());
      for (FetchPlan subject : unasked) {
        assume(
            subject.name(),
            Objects.requireNonNullElse(
                asked.stoppedBy(), Objects.requireNonNullElse(subject.reason(), Reason.TIMEOUT)));
      }
      return forecast(list, library.requests(), asked.report(List.of()), took);
    }
  }

  /** Without a request, as if nothing had changed since the day before. */
  public Forecast assuming(List<ListEntry> entries) {
    List<ListEntry> list = new ArrayList<>();
    Library library = assumed();
    for (ListEntry entry : entries) {
      if (!entry.isWord()) {
        list.add(entry);
      } else {
        meant(entry.given()).forEach(id -> list.add(entry.withPlaylistId(id)));
      }
    }
    for (String playlistId : withoutKnown(LibraryList.ids(list), library)) {
      assume(playlistId, null);
    }
    return forecast(list, libraryRequests(entries), FetchReport.start(), Duration.ZERO);
  }

  /** What a word meant on the day before; Liked Songs that nobody has seen are unknown. */
  private List<String> meant(String word) {
    if (word.equals(ListEntry.ME)) {
      return LibraryList.meant(known.before(), listBefore());
    }
    List<String> liked = rows.keySet().stream().filter(LikedSongs::isId).sorted().toList();
    return liked.isEmpty() ? List.of(LikedSongs.id("")) : liked;
  }

  private int libraryRequests(List<ListEntry> entries) {
    boolean me = StoredLibrary.isWanted(entries, ListEntry.ME);
    boolean user =
        StoredLibrary.isWanted(entries, ListEntry.LIKED) || (me && mine == LibraryScope.OWNED);
    StoredLibrary.Stored today = StoredLibrary.stored(day, freshness);
    int requests = user && !today.user() ? 1 : 0;
    if (!me || today.listing()) {
      return requests;
    }
    int listed =
        dayBefore == null
            ? 0
            : StoredLibrary.listing(RawDay.of(dayBefore))
                .map(listing -> listing.listed().size())
                .orElseGet(() -> meant(ListEntry.ME).size());
    return requests + LibraryFetch.requests(listed);
  }

  /** The library as it was listed on the day before, as far as that day has rows of it. */
  private Library assumed() {
    Map<String, PlaylistJson.First> listed = new LinkedHashMap<>();
    for (String playlistId : LibraryList.meant(known.before(), listBefore())) {
      Playlist row = rows.get(playlistId);
      if (row != null) {
        Integer total = row.totalCount();
        Page page =
            ReadStatus.METADATA_ONLY.equals(row.readStatus()) || total == null
                ? null
                : new Page(total, 0, 0, List.of());
        listed.put(
            playlistId,
            new PlaylistJson.First(
                row, page == null ? null : ItemsRoute.TRACKS, page, row.snapshotId()));
      }
    }
    return new Library(null, null, listed, List.of(), null);
  }

  private List<ListEntry> listBefore() {
    return dayBefore == null ? List.of() : RawList.find(RawDay.of(dayBefore)).orElse(List.of());
  }

  private List<ListEntry> list(List<ListEntry> entries, Library library) {
    List<ListEntry> list =
        entries.stream().noneMatch(ListEntry::isWord)
            ? entries
            : LibraryList.resolve(entries, library, mine, known.before(), listBefore());
    return list.stream().filter(entry -> !entry.isWord()).toList();
  }

  private List<String> withoutKnown(List<String> playlistIds, Library library) {
    RawStore store = new RawStore(day, "playlist");
    Set<String> stored = store.names();
    List<String> others = new ArrayList<>();
    store.readInOrder(
        playlistIds,
        playlistId ->
            stored.contains(playlistId) ? store.read(playlistId) : Optional.<RawObject>empty(),
        (playlistId, found) -> {
          if (found.filter(object -> known.isLastWord(playlistId, object)).isPresent()) {
            conclude(PlaylistDryRun.atStored(playlistId, known, found.get()));
          } else if (found.isEmpty() && known.isSpared(playlistId, library)) {
            conclude(PlaylistDryRun.atListed(playlistId, known, library));
          } else {
            others.add(playlistId);
          }
        });
    return others;
  }

  private List<FetchPlan> look(SpotifyConnection source, RunLimits asked, List<String> playlistIds)
      throws InterruptedException {
    try (Progress progress =
        Progress.start("first answers", playlistIds.size(), asked::spent, settings.progress())) {
      return source
          .asking(asked)
          .work(
              playlistIds.stream().map(id -> PlaylistDryRun.at(id, known)).toList(),
              work -> {
                PlaylistDryRun look = (PlaylistDryRun) work.subject();
                if (look.reason() == null) {
                  conclude(look);
                } else {
                  assume(look.name(), look.reason());
                }
                progress.oneDone();
              });
    }
  }

  private synchronized void conclude(PlaylistDryRun look) {
    ItemsRoute route = look.route();
    if (route != null) {
      routes.add(route);
    }
    outlooks.put(look.name(), look.conclude(named));
  }

  /** What the day before tells of a playlist that is not asked for. */
  private synchronized void assume(String playlistId, @Nullable Reason notAsked) {
    PlaylistDryRun look = asBefore(playlistId);
    outlooks.put(
        playlistId,
        look == null
            ? PlaylistOutlook.unknown(playlistId, notAsked)
            : look.conclude(named).withNotAsked(notAsked));
  }

  private @Nullable PlaylistDryRun asBefore(String playlistId) {
    Playlist row = rows.get(playlistId);
    Reason gap = gaps.get(playlistId);
    if (Reason.NOT_FOUND.equals(gap)
        || (Reason.NOT_READABLE_BY_THIS_APP.equals(gap) && row == null)) {
      return PlaylistDryRun.assuming(playlistId, known, 404, null);
    } else if (Reason.FORBIDDEN.equals(gap)) {
      return PlaylistDryRun.assuming(playlistId, known, 403, null);
    } else if (row == null) {
      return null;
    } else if (Reason.NOT_READABLE_BY_THIS_APP.equals(gap)
        || ReadStatus.METADATA_ONLY.equals(row.readStatus())) {
      return PlaylistDryRun.assuming(
          playlistId, known, 200, new PlaylistJson.First(row, null, null, row.snapshotId()));
    }
    Integer total = row.totalCount();
    if (total == null) {
      return null;
    }
    boolean liked = LikedSongs.isId(playlistId);
    int first = liked ? ApiRequest.LikedPage.SIZE : ItemsRoute.FIRST_ITEMS;
    Page page = new Page(total, Math.min(total, first), 0, List.of());
    PreviousPlaylist before = Objects.requireNonNull(known.before().get(playlistId));
    ItemsRoute route = batchesRefused ? ItemsRoute.ITEMS : ItemsRoute.TRACKS;
    return PlaylistDryRun.assuming(
        playlistId, known, 200, new PlaylistJson.First(row, route, page, before.version()));
  }

  private Forecast forecast(
      List<ListEntry> list, int libraryRequests, FetchReport report, Duration took) {
    List<PlaylistOutlook> inOrder =
        LibraryList.ids(list).stream().map(id -> Objects.requireNonNull(outlooks.get(id))).toList();
    Map<SubjectType, List<DetailState>> states = named.states(dayBefore);
    boolean bounded = inOrder.stream().allMatch(outlook -> outlook.items() != null);
    return new Forecast(
        list,
        libraryRequests,
        inOrder,
        new DetailForecaster(day, enrichment, freshness)
            .forecast(states, named, bounded, presumption(states)),
        report,
        took);
  }

  private DetailForecaster.Presumption presumption(Map<SubjectType, List<DetailState>> states) {
    if (batchesRefused) {
      return new DetailForecaster.Presumption(false, DetailForecast.Evidence.LAST_RUN);
    } else if (routes.size() == 1) {
      // An app whose answers are in the newer dialect is refused batches.
      return new DetailForecaster.Presumption(
          routes.contains(ItemsRoute.TRACKS), DetailForecast.Evidence.DIALECT);
    }
    boolean hasDetails =
        states.values().stream()
            .flatMap(List::stream)
            .anyMatch(state -> state.detailedAt() != null);
    return hasDetails
        ? new DetailForecaster.Presumption(true, DetailForecast.Evidence.DETAILS_IN_LAKE)
        : new DetailForecaster.Presumption(null, DetailForecast.Evidence.NONE);
  }
}
