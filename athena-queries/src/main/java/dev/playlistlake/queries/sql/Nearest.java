package dev.playlistlake.queries.sql;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Suggests valid names for an unknown one. */
public final class Nearest {
  private static final int NEAR = 3;

  private Nearest() {}

  /**
   * The names that differ least, by at most three letters and half of the name, in the order given.
   * Ignores case.
   */
  public static List<String> to(String name, Collection<String> names) {
    String wanted = name.toLowerCase(Locale.ROOT);
    ToIntFunction<String> distance =
        candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT));
    List<String> near =
        names.stream()
            .filter(candidate -> distance.applyAsInt(candidate) <= most(candidate))
            .toList();
    int least = near.stream().mapToInt(distance).min().orElse(0);
    return near.stream().filter(candidate -> distance.applyAsInt(candidate) == least).toList();
  }

  /** The most letters that may differ: fewer for short names. */
  private static int most(String candidate) {
    return Math.min(NEAR, (candidate.length() + 1) / 2);
  }

  /** The Levenshtein distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
