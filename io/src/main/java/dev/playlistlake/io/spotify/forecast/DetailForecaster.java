package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.land.DetailLanding;
import dev.playlistlake.io.spotify.stored.BatchCapability;
import dev.playlistlake.io.spotify.stored.DetailIndex;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.stored.StoredDetails;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests for details that {@link DetailLanding} would send (decision 23). Unseen items
 * make a range: at least, they name nothing new; at most, each names an album of its own and as
 * many new artists as any seen item.
 */
final class DetailForecaster {
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy policy;
  private final BatchCapability batchCapability = new BatchCapability();

  DetailForecaster(RawDay day, Enrichment enrichment, RefreshPolicy policy) {
    this.day = day;
    this.enrichment = enrichment;
    this.policy = policy;
  }

  /**
   * What to assume if no response stored today shows whether the app has batch access.
   *
   * @param batches whether this app may send batch requests; null if unknown
   * @param evidence how that is known
   */
  record Presumption(@Nullable Boolean batches, DetailForecast.Evidence evidence) {}

  /**
   * Forecasts the requests.
   *
   * @param states albums and artists that known items name
   * @param named has the number of unseen items
   * @param bounded false if there may be more items, of unknown number
   * @param presumed batch access, if no stored response shows it
   */
  DetailForecast forecast(
      Map<SubjectType, List<DetailState>> states,
      NamedCatalog named,
      boolean bounded,
      Presumption presumed) {
    Map<SubjectType, Range> all = new EnumMap<>(SubjectType.class);
    Map<SubjectType, Range> toFetch = new EnumMap<>(SubjectType.class);
    Map<SubjectType, Range> singles = new EnumMap<>(SubjectType.class);
    states.forEach(
        (kind, details) -> {
          long unseen = named.unseen() * (kind == SubjectType.ALBUM ? 1 : named.mostArtists());
          all.put(kind, range(details.size(), unseen, bounded));
          Lacking lacking = enrichment.wants(kind) ? lacking(kind, details) : null;
          toFetch.put(
              kind, lacking == null ? Range.exactly(0) : range(lacking.batches(), unseen, bounded));
          singles.put(
              kind, lacking == null ? Range.exactly(0) : range(lacking.singles(), unseen, bounded));
        });
    boolean isStored = !batchCapability.isUnknown();
    Boolean batches = isStored ? Boolean.valueOf(!batchCapability.isLacking()) : presumed.batches();
    DetailRequests requests =
        new DetailRequests(enrichment, batchCapability.isUnknown(), toFetch, singles);
    Map<SubjectType, Range> shown =
        Boolean.FALSE.equals(batches) && enrichment.alsoOneByOne() ? singles : toFetch;
    return new DetailForecast(
        Objects.requireNonNull(all.get(SubjectType.ALBUM)),
        Objects.requireNonNull(all.get(SubjectType.ARTIST)),
        Objects.requireNonNull(shown.get(SubjectType.ALBUM)),
        Objects.requireNonNull(shown.get(SubjectType.ARTIST)),
        requests.total(batches),
        requests.byFamily(batches),
        batches,
        isStored ? DetailForecast.Evidence.STORED_ANSWERS : presumed.evidence());
  }

  private static Range range(long known, long unseen, boolean bounded) {
    return bounded ? new Range(known, known + unseen) : Range.atLeast(known);
  }

  /** How many ids lack a fresh detail, by the ages that hold for batches and for singles. */
  private record Lacking(int batches, int singles) {}

  private Lacking lacking(SubjectType kind, List<DetailState> states) {
    DetailIndex index = new DetailIndex(kind, StoredDetails.ids(states));
    StoredDetails.Added added =
        StoredDetails.addStored(
            day, StoredDetails.names(day, kind), policy, index, batchCapability, () -> {});
    return new Lacking(
        StoredDetails.lacking(states, added.spared(), policy).size(),
        StoredDetails.lackingSingles(states, added.spared(), policy).size());
  }
}
