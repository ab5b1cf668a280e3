package dev.playlistlake.queries.sql;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which tables a statement reads, itself or through views. It goes by the words of the statement:
 * rather one too many than one too few.
 *
 * @param stored the stored tables, without {@code stored_}
 * @param allRuns those of them that the statement reads itself, so that it sees the rows of all
 *     runs and not only of those that count
 */
public record TablesRead(Set<String> stored, Set<String> allRuns) {
  private static final String STORED = "stored_";

  /** DuckDB's functions that take the name of a table, or a statement, as a text. */
  private static final Set<String> TAKE_NAMES = Set.of("query", "query_table");

  public TablesRead {
    stored = Set.copyOf(stored);
    allRuns = Set.copyOf(allRuns);
  }

  /** The tables of a statement. */
  public static TablesRead by(String sql) {
    Map<String, String> views =
        SqlFiles.views().stream()
            .collect(
                Collectors.toMap(
                    SqlFiles.SqlFile::name, view -> view.text().replaceAll("--.*", "")));
    Set<String> named = words(sql);
    boolean maybeAll = named.stream().anyMatch(TAKE_NAMES::contains);
    Set<String> found = new TreeSet<>();
    (maybeAll ? views.keySet() : named).forEach(name -> add(name, views, found));
    return new TablesRead(tables(found), tables(maybeAll ? found : named));
  }

  private static void add(String name, Map<String, String> views, Set<String> found) {
    if ((name.startsWith(STORED) || views.containsKey(name)) && found.add(name)) {
      words(views.getOrDefault(name, "")).forEach(word -> add(word, views, found));
    }
  }

  private static Set<String> words(String sql) {
    return new TreeSet<>(List.of(sql.toLowerCase(Locale.ROOT).split("\\W+")));
  }

  private static Set<String> tables(Set<String> names) {
    return names.stream()
        .filter(name -> name.startsWith(STORED))
        .map(name -> name.substring(STORED.length()))
        .collect(Collectors.toSet());
  }
}
