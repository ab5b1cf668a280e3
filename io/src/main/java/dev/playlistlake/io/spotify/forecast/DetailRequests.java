package dev.playlistlake.io.spotify.forecast;

import dev.playlistlake.io.spotify.api.ApiRequest;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.StoredDetails;
import dev.playlistlake.model.SubjectType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests for details, all together and by family of endpoints.
 *
 * @param isUnknown whether a batch must be sent to find out that this app may not send any
 * @param toFetch ids that batches would fetch, by kind
 * @param singles ids that single requests would fetch, by kind
 */
record DetailRequests(
    Enrichment enrichment,
    boolean isUnknown,
    Map<SubjectType, Range> toFetch,
    Map<SubjectType, Range> singles) {

  /**
   * All requests.
   *
   * @param batches whether this app may send batches; null if unknown
   */
  Range total(@Nullable Boolean batches) {
    if (batches == null) {
      return total(Boolean.TRUE).or(total(Boolean.FALSE));
    } else if (batches) {
      return batches(SubjectType.ALBUM).plus(batches(SubjectType.ARTIST));
    }
    Range one = enrichment.alsoOneByOne() ? withinBudget(sum(singles)) : Range.exactly(0);
    return refused().plus(one);
  }

  /** The same by family; a budget that both kinds share makes a range of each. */
  Map<String, Range> byFamily(@Nullable Boolean batches) {
    Map<String, Range> families = new LinkedHashMap<>();
    if (batches == null) {
      Map<String, Range> with = byFamily(Boolean.TRUE);
      Map<String, Range> without = byFamily(Boolean.FALSE);
      Range none = Range.exactly(0);
      with.forEach(
          (family, range) -> families.put(family, range.or(without.getOrDefault(family, none))));
      without.forEach((family, range) -> families.putIfAbsent(family, range.or(none)));
      return families;
    }
    for (SubjectType kind : toFetch.keySet()) {
      String family = ApiRequest.DetailBatch.family(kind);
      families.put(family, batches ? batches(kind) : Range.exactly(0));
    }
    if (!batches) {
      boolean albums = of(toFetch, SubjectType.ALBUM).min() > 0;
      families.put(
          ApiRequest.DetailBatch.family(albums ? SubjectType.ALBUM : SubjectType.ARTIST),
          refused());
      if (enrichment.alsoOneByOne()) {
        singles.forEach(
            (kind, range) -> families.put(ApiRequest.SingleDetail.family(kind), share(kind)));
      }
    }
    return families;
  }

  /** The batch that is refused, and its confirmation. */
  private Range refused() {
    Range all = sum(toFetch);
    return isUnknown ? new Range(all.min() > 0 ? 2 : 0, isNone(all) ? 0L : 2L) : Range.exactly(0);
  }

  private static boolean isNone(Range range) {
    return range.equals(Range.exactly(0));
  }

  private Range share(SubjectType kind) {
    Range own = of(singles, kind);
    Range all = sum(singles);
    long budget = enrichment.detailBudget();
    if (all.max() != null && all.max() <= budget) {
      return own;
    }
    long others = all.min() - own.min();
    return new Range(
        Math.min(own.min(), Math.max(0, budget - others)),
        own.max() == null ? budget : Math.min(own.max(), budget));
  }

  private Range withinBudget(Range all) {
    long budget = enrichment.detailBudget();
    return new Range(
        Math.min(all.min(), budget), all.max() == null ? budget : Math.min(all.max(), budget));
  }

  private Range batches(SubjectType kind) {
    Range ids = of(toFetch, kind);
    int size = StoredDetails.batchSize(kind);
    return new Range(
        batches(ids.min(), size),
        ids.max() == null ? null : Long.valueOf(batches(ids.max(), size)));
  }

  private static long batches(long ids, int size) {
    return (ids + size - 1) / size;
  }

  private static Range sum(Map<SubjectType, Range> ofKinds) {
    return of(ofKinds, SubjectType.ALBUM).plus(of(ofKinds, SubjectType.ARTIST));
  }

  private static Range of(Map<SubjectType, Range> ofKinds, SubjectType kind) {
    return Objects.requireNonNull(ofKinds.get(kind));
  }
}
