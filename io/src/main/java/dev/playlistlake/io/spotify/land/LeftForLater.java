package dev.playlistlake.io.spotify.land;

import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The albums and artists whose details a run leaves for a later one, and why. Thread-safe. */
final class LeftForLater {
  private final Map<SubjectType, Set<String>> ids = new EnumMap<>(SubjectType.class);
  private final Map<SubjectType, Set<Reason>> reasons = new EnumMap<>(SubjectType.class);

  /**
   * Adds ids.
   *
   * @param reason why they are left; null if the run had stopped before
   */
  synchronized void add(SubjectType kind, Collection<String> more, @Nullable Reason reason) {
    ids.computeIfAbsent(kind, unused -> new TreeSet<>()).addAll(more);
    if (reason != null) {
      reasons.computeIfAbsent(kind, unused -> new HashSet<>()).add(reason);
    }
  }

  synchronized Map<SubjectType, Set<String>> byKind() {
    return new EnumMap<>(ids);
  }

  /** The same; none of them is left any more. */
  synchronized Map<SubjectType, Set<String>> takeAll() {
    Map<SubjectType, Set<String>> all = byKind();
    ids.clear();
    reasons.clear();
    return all;
  }

  /** The one reason for all of a kind: a used-up quota before a spent budget before others. */
  synchronized @Nullable Reason reason(SubjectType kind, @Nullable Reason stoppedBy) {
    Set<Reason> all = new HashSet<>(reasons.getOrDefault(kind, Set.of()));
    if (stoppedBy != null) {
      all.add(stoppedBy);
    }
    for (Reason first : new Reason[] {Reason.QUOTA_EXCEEDED, Reason.BUDGET_SPENT}) {
      if (all.contains(first)) {
        return first;
      }
    }
    return stoppedBy != null ? stoppedBy : all.stream().findAny().orElse(null);
  }
}
