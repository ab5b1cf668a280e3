package dev.playlistlake.queries.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Columns without values in a lake, since its app could not read them: why, and what to do. */
public final class WithheldColumns {
  private static final Set<String> BY_TIER = Set.of("popularity", "label");

  private WithheldColumns() {}

  /** Lines for the user of a report. */
  public static List<String> words(Report report, String day, List<String> columns) {
    List<String> words = new ArrayList<>();
    words.add(
        "--report: %s cannot be answered: the answers of this lake's app hold no %s on %s"
            .formatted(report.name(), String.join(", ", columns), day));
    Set<String> advice = new LinkedHashSet<>();
    for (String column : columns) {
      String name = column.substring(column.indexOf('.') + 1);
      if (BY_TIER.contains(name)) {
        advice.add(
            "Spotify shows popularity and labels to apps of the extended quota and, so"
                + " far, to development apps made before 2026-02-11; to newer ones it does not.");
      }
      if (column.startsWith("album.") || column.startsWith("artist.")) {
        advice.add(
            "Details of albums and artists are read with --enrich=auto where the app may ask in"
                + " batches, else one by one with --enrich=albums,artists.");
      }
      if (name.equals("genres")) {
        advice.add("Spotify has no genres for many artists, and may have none for new apps.");
      }
    }
    words.addAll(advice);
    return words;
  }
}
