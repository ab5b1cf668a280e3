package dev.playlistlake.queries.sql;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which tables a statement reads, itself or through views. It goes by the words of the statement:
 * rather one too many than one too few.
 *
 * @param stored the stored tables, without {@code stored_}
 * @param allRuns those of them of which the statement sees the rows of all runs, and not only of
 *     those that count
 */
public record TablesRead(Set<String> stored, Set<String> allRuns) {
  private static final String STORED = "stored_";

  /** A view that joins one of these has only rows of the runs that count. */
  private static final Set<String> COUNTING_RUNS = Set.of("published_run", "latest_published_run");

  /** DuckDB's functions that take the name of a table, or a statement, as a text. */
  private static final Set<String> TAKE_NAMES = Set.of("query", "query_table");

  private static final Map<String, Set<String>> WORDS_OF_VIEWS =
      SqlFiles.views().stream()
          .collect(Collectors.toMap(SqlFiles.SqlFile::name, TablesRead::wordsOfView));

  public TablesRead {
    stored = Set.copyOf(stored);
    allRuns = Set.copyOf(allRuns);
  }

  /** The tables of a statement. */
  public static TablesRead by(String sql) {
    Set<String> words = words(sql);
    if (!Collections.disjoint(words, TAKE_NAMES)) {
      Set<String> all = reached(WORDS_OF_VIEWS.keySet(), view -> true);
      return new TablesRead(all, all);
    }
    return new TablesRead(
        reached(words, view -> true),
        reached(words, view -> Collections.disjoint(view, COUNTING_RUNS)));
  }

  /** The stored tables among these names, and in the views among them that are looked into. */
  private static Set<String> reached(Set<String> names, Predicate<Set<String>> isLookedInto) {
    Set<String> tables = new TreeSet<>();
    Set<String> seen = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>(names);
    while (!open.isEmpty()) {
      String name = open.pop();
      if (name.startsWith(STORED)) {
        tables.add(name.substring(STORED.length()));
      }
      Set<String> view = WORDS_OF_VIEWS.get(name);
      if (view != null && seen.add(name) && isLookedInto.test(view)) {
        open.addAll(view);
      }
    }
    return tables;
  }

  private static Set<String> wordsOfView(SqlFiles.SqlFile view) {
    Set<String> words = words(view.text().replaceAll("--.*", ""));
    words.remove(view.name());
    return words;
  }

  private static Set<String> words(String sql) {
    return new TreeSet<>(List.of(sql.toLowerCase(Locale.ROOT).split("\\W+")));
  }
}
