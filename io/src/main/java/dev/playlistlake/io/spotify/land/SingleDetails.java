package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.spotify.reading.DetailFetch;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.DetailState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The details that a run would fetch one by one, and which of them come first (decision 32). */
final class SingleDetails {
  /** How many are stored together at most. */
  private static final int SLICE = 20;

  private final List<Single> singles = new ArrayList<>();

  /** An album or artist. */
  record Single(SubjectType kind, DetailState state) {
    String id() {
      return state.id();
    }
  }

  void add(SubjectType kind, DetailState state) {
    singles.add(new Single(kind, state));
  }

  /** Those beyond a number. */
  List<Single> beyond(long most) {
    return inOrder().stream().skip(most).toList();
  }

  /**
   * This many, most needed first, in slices that are stored together.
   *
   * @param name of a slice, by its kind and first id
   */
  List<DetailFetch> mostNeeded(long most, BiFunction<SubjectType, String, String> name) {
    List<Single> chosen = inOrder().stream().limit(most).toList();
    List<DetailFetch> fetches = new ArrayList<>();
    for (int from = 0; from < chosen.size(); from += SLICE) {
      Map<SubjectType, List<String>> byKind = new LinkedHashMap<>();
      for (Single single : chosen.subList(from, Math.min(from + SLICE, chosen.size()))) {
        byKind.computeIfAbsent(single.kind(), unused -> new ArrayList<>()).add(single.id());
      }
      byKind.forEach(
          (kind, ids) ->
              fetches.add(DetailFetch.oneByOne(name.apply(kind, ids.get(0)), kind, ids)));
    }
    return fetches;
  }

  private List<Single> inOrder() {
    return singles.stream()
        .sorted(
            Comparator.comparing(Single::state, DetailState.MOST_NEEDED_FIRST)
                .thenComparing(Single::kind))
        .toList();
  }
}
