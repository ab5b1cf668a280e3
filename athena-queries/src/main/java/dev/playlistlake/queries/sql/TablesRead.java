package dev.playlistlake.queries.sql;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which stored tables a statement reads, itself or through views. */
public final class TablesRead {
  private static final String STORED = "stored_";

  private final Map<String, String> views =
      SqlFiles.views().stream()
          .collect(
              Collectors.toMap(SqlFiles.SqlFile::name, view -> view.text().replaceAll("--.*", "")));
  private final Set<String> names = new TreeSet<>();

  private TablesRead() {}

  /** Finds tables by name: rather one too many than one too few. */
  public static Set<String> by(String sql) {
    TablesRead read = new TablesRead();
    read.addNamesIn(sql);
    return read.names.stream()
        .filter(name -> name.startsWith(STORED))
        .map(name -> name.substring(STORED.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void addNamesIn(String sql) {
    for (String word : sql.toLowerCase(Locale.ROOT).split("\\W+")) {
      if ((word.startsWith(STORED) || views.containsKey(word)) && names.add(word)) {
        addNamesIn(views.getOrDefault(word, ""));
      }
    }
  }
}
