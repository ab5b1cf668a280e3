package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.land.DetailLanding;
import dev.playlistlake.io.spotify.stored.BatchCapability;
import dev.playlistlake.io.spotify.stored.DetailIndex;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.stored.StoredDetails;
import dev.playlistlake.model.DetailState;
import dev.playlistlake.model.SubjectType;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests for details that {@link DetailLanding} would send. Items that nobody has seen
 * make a range: at least they name nothing new, at most each names an album of its own and as many
 * new artists as any item that was seen.
 */
final class DetailForecaster {
  private final RawDay day;
  private final Enrichment enrichment;
  private final RefreshPolicy freshness;
  private final BatchCapability stored = new BatchCapability();

  DetailForecaster(RawDay day, Enrichment enrichment, RefreshPolicy freshness) {
    this.day = day;
    this.enrichment = enrichment;
    this.freshness = freshness;
  }

  /**
   * What this app may do, where the day's stored answers do not tell.
   *
   * @param batches whether it may ask in batches; null where nobody knows
   */
  record Presumption(@Nullable Boolean batches, DetailForecast.Evidence evidence) {}

  /**
   * The forecast.
   *
   * @param states albums and artists that known items name
   * @param named says how many items are not known
   * @param bounded false where there may be further items, nobody knows how many
   */
  DetailForecast forecast(
      Map<SubjectType, List<DetailState>> states,
      NamedCatalog named,
      boolean bounded,
      Presumption presumed) {
    Map<SubjectType, Range> all = new EnumMap<>(SubjectType.class);
    Map<SubjectType, Range> toAsk = new EnumMap<>(SubjectType.class);
    states.forEach(
        (kind, ofKind) -> {
          long unseen = named.unseen() * (kind == SubjectType.ALBUM ? 1 : named.mostArtists());
          all.put(kind, range(ofKind.size(), unseen, bounded));
          toAsk.put(
              kind,
              enrichment.wants(kind)
                  ? range(lacking(kind, ofKind), unseen, bounded)
                  : Range.exactly(0));
        });
    boolean told = !stored.isUnknown();
    Boolean batches = told ? Boolean.valueOf(!stored.isLacking()) : presumed.batches();
    Range albums = Objects.requireNonNull(toAsk.get(SubjectType.ALBUM));
    Range artists = Objects.requireNonNull(toAsk.get(SubjectType.ARTIST));
    return new DetailForecast(
        Objects.requireNonNull(all.get(SubjectType.ALBUM)),
        Objects.requireNonNull(all.get(SubjectType.ARTIST)),
        albums,
        artists,
        requests(albums, artists, batches),
        batches,
        told ? DetailForecast.Evidence.STORED_ANSWERS : presumed.evidence());
  }

  private static Range range(long known, long unseen, boolean bounded) {
    return bounded ? new Range(known, known + unseen) : Range.atLeast(known);
  }

  private int lacking(SubjectType kind, List<DetailState> states) {
    DetailIndex shelf = new DetailIndex(kind, StoredDetails.ids(states));
    StoredDetails.Shelved shelved =
        StoredDetails.shelve(
            day, StoredDetails.names(day, kind), freshness, shelf, stored, () -> {});
    return StoredDetails.lacking(states, shelved.spared(), freshness).size();
  }

  private Range requests(Range albums, Range artists, @Nullable Boolean batches) {
    if (batches == null) {
      return requests(albums, artists, Boolean.TRUE).or(requests(albums, artists, Boolean.FALSE));
    }
    Long max = null;
    if (albums.max() != null && artists.max() != null) {
      max = requests(albums.max(), artists.max(), batches);
    } else if (!batches && !enrichment.alsoOneByOne()) {
      // However much there is to ask for: the first refusal ends it.
      max = requests(1, 0, false);
    }
    return new Range(requests(albums.min(), artists.min(), batches), max);
  }

  private long requests(long albums, long artists, boolean batches) {
    if (batches) {
      return batches(albums, SubjectType.ALBUM) + batches(artists, SubjectType.ARTIST);
    } else if (albums + artists == 0) {
      return 0;
    }
    int refused = stored.isUnknown() ? 1 : 0;
    return refused + (enrichment.alsoOneByOne() ? albums + artists : 0);
  }

  private static long batches(long ids, SubjectType kind) {
    int size = StoredDetails.batchSize(kind);
    return (ids + size - 1) / size;
  }
}
