package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.api.ItemsRoute;
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
import dev.playlistlake.io.spotify.stored.StoredLibrary;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import dev.playlistlake.model.run.FetchReport;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts a run's requests (decision 23): from one first response per playlist, or without any
 * request from the previous day. Responses that the day has stored count as they do in a run.
 * Stores nothing. Good for one forecast.
 */
public final class RunForecaster {
  private final SpotifySettings settings;
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy policy;
  private final LibraryScope scope;
  private final PreviousDay previous;
  private final NamedCatalog named = new NamedCatalog();
  private final PlaylistForecaster playlists;

  private RunForecaster(
      SpotifySettings settings,
      RawDay day,
      Enrichment enrichment,
      RefreshPolicy policy,
      LibraryScope scope,
      PreviousDay previous) {
    this.settings = settings;
    this.day = day;
    this.enrichment = enrichment;
    this.policy = policy;
    this.scope = scope;
    this.previous = previous;
    this.playlists =
        new PlaylistForecaster(
            day, new PlaylistRefresh(policy, previous.playlists()), previous, named);
  }

  /**
   * A forecaster for a run with these settings. Reads the previous day's tables.
   *
   * @param day where the run would store its responses
   * @param scope which playlists the word {@code me} stands for
   * @param dayBefore newest published day before the run; null if there is none
   */
  public static RunForecaster of(
      SpotifySettings settings,
      RawDay day,
      Enrichment enrichment,
      RefreshPolicy policy,
      LibraryScope scope,
      @Nullable LakeLayout dayBefore) {
    return new RunForecaster(settings, day, enrichment, policy, scope, PreviousDay.load(dayBefore));
  }

  /**
   * Forecasts from the library listing and from first responses: at most one request per playlist.
   *
   * @throws InterruptedException if the thread is interrupted while it waits for responses
   * @throws IOException if the connection cannot be closed
   */
  public Forecast fetching(List<ListEntry> entries) throws InterruptedException, IOException {
    try (SpotifyConnection connection = SpotifyConnection.withoutPipeline(settings)) {
      Instant begun = connection.steady().instant();
      LibraryLanding.Result library =
          new LibraryLanding(connection, day, policy)
              .look(entries, scope, LibraryList.meant(previous.playlists(), previous.list()));
      List<ListEntry> list = resolve(entries, library.library());
      List<String> toFetch = playlists.settle(LibraryList.ids(list), library.library());
      RunLimits limits = new RunLimits(settings.requestBudget(), library.report());
      List<FetchPlan> unfetched = playlists.fetch(connection, limits, toFetch);
      Duration took = Duration.between(begun, connection.steady().instant());
      limits.settle();
      for (FetchPlan plan : unfetched) {
        playlists.assume(
            plan.name(),
            Objects.requireNonNullElse(
                limits.stoppedBy(), Objects.requireNonNullElse(plan.reason(), Reason.TIMEOUT)));
      }
      return forecast(
          list, library.requests(), userRequests(entries), limits.report(List.of()), took);
    }
  }

  /** Forecasts without a request, as if nothing had changed since the previous day. */
  public Forecast assuming(List<ListEntry> entries) {
    List<ListEntry> list = new ArrayList<>();
    for (ListEntry entry : entries) {
      if (!entry.isWord()) {
        list.add(entry);
      } else {
        previous.resolve(entry.given()).forEach(id -> list.add(entry.withPlaylistId(id)));
      }
    }
    for (String playlistId : playlists.settle(LibraryList.ids(list), previous.library())) {
      playlists.assume(playlistId, null);
    }
    return forecast(
        list, libraryRequests(entries), userRequests(entries), FetchReport.start(), Duration.ZERO);
  }

  private int libraryRequests(List<ListEntry> entries) {
    int requests = userRequests(entries);
    return StoredLibrary.isWanted(entries, ListEntry.ME)
            && !StoredLibrary.stored(day, policy).listing()
        ? requests + LibraryFetch.requests(previous.listedPlaylists())
        : requests;
  }

  private int userRequests(List<ListEntry> entries) {
    boolean wanted =
        StoredLibrary.isWanted(entries, ListEntry.LIKED)
            || (StoredLibrary.isWanted(entries, ListEntry.ME) && scope == LibraryScope.OWNED);
    return wanted && !StoredLibrary.stored(day, policy).user() ? 1 : 0;
  }

  /** The list with its words replaced by playlists; words that cannot be resolved are left out. */
  private List<ListEntry> resolve(List<ListEntry> entries, Library library) {
    List<ListEntry> list =
        entries.stream().noneMatch(ListEntry::isWord)
            ? entries
            : LibraryList.resolve(entries, library, scope, previous.playlists(), previous.list());
    return list.stream().filter(entry -> !entry.isWord()).toList();
  }

  private Forecast forecast(
      List<ListEntry> list,
      int libraryRequests,
      int userRequests,
      FetchReport report,
      Duration took) {
    List<PlaylistOutlook> outlooks = playlists.outlooks(LibraryList.ids(list));
    Map<SubjectType, List<DetailState>> states = named.states(previous.layout());
    boolean bounded = outlooks.stream().allMatch(outlook -> outlook.items() != null);
    return new Forecast(
        list,
        libraryRequests,
        userRequests,
        outlooks,
        new DetailForecaster(day, enrichment, policy)
            .forecast(states, named, bounded, presumption(states)),
        report,
        took);
  }

  private DetailForecaster.Presumption presumption(Map<SubjectType, List<DetailState>> states) {
    Set<ItemsRoute> dialects = playlists.dialects();
    if (previous.batchesRefused()) {
      return new DetailForecaster.Presumption(false, DetailForecast.Evidence.LAST_RUN);
    } else if (dialects.size() == 1) {
      // Spotify refuses batches to an app whose responses are in the newer dialect.
      return new DetailForecaster.Presumption(
          dialects.contains(ItemsRoute.TRACKS), DetailForecast.Evidence.DIALECT);
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
