package dev.playlistlake.queries.duckdb;

import dev.playlistlake.model.ForeignText;
import dev.playlistlake.queries.duckdb.LakeListing.Lacking;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Sentences about what a query leaves out. */
final class LeftOut {
  private LeftOut() {}

  static String damage(Path lake, Set<Path> files, Set<String> days) {
    return "Damaged, and so left out: %s. %s"
        .formatted(
            files.stream()
                .map(file -> ForeignText.oneLine(lake.relativize(file).toString()))
                .collect(Collectors.joining(", ")),
            days.isEmpty()
                ? "A run whose row is damaged counts as not published."
                : "So is all of " + String.join(", ", days) + "; all other days are there.");
  }

  static String lack(List<Lacking> lacking) {
    return ("Left out, since files are missing: %s; all other days are there. If a run is publishing"
            + " right now, ask again; else restore the files from a copy, or publish the day"
            + " again from its stored responses (--ingestDate).")
        .formatted(LakeListing.shown(lacking.stream().map(Lacking::words).toList()));
  }
}
