package dev.playlistlake.queries.sql;

import dev.playlistlake.queries.sql.Report.Described;
import dev.playlistlake.queries.sql.SqlFiles.SqlFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comment at the top of a report's file.
 *
 * @param file the file's name, for messages
 * @param lines of each key: its first line, then the continuation lines
 */
record ReportHeader(String file, Map<String, List<String>> lines) {
  private static final Pattern DESCRIBED = Pattern.compile("(\\w+): (.*)");

  /**
   * Parses a file's header.
   *
   * @throws IllegalArgumentException if a line of it is none
   */
  static ReportHeader of(SqlFile file) {
    Map<String, List<String>> header = new LinkedHashMap<>();
    List<String> current = new ArrayList<>();
    for (String line : file.text().lines().takeWhile(line -> line.startsWith("--")).toList()) {
      int colon = line.indexOf(':');
      if (line.startsWith("--   ")) {
        current.add(line.substring(5));
      } else if (line.startsWith("-- ") && colon > 0) {
        current = new ArrayList<>();
        header.put(line.substring(3, colon), current);
        if (!line.substring(colon + 1).isBlank()) {
          current.add(line.substring(colon + 1).strip());
        }
      } else {
        throw new IllegalArgumentException(file.name() + ": no header line: " + line);
      }
    }
    return new ReportHeader(file.name(), header);
  }

  /**
   * The text of a key, on one line.
   *
   * @throws IllegalArgumentException if the header does not have it
   */
  String sentence(String key) {
    List<String> text = lines.get(key);
    if (text == null) {
      throw new IllegalArgumentException(file + ": no " + key + " in the header");
    }
    return text.stream().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
  }

  /** Names with commas between; none if the header does not have the key. */
  List<String> names(String key) {
    return Arrays.stream(String.join(" ", lines.getOrDefault(key, List.of())).split(", ?"))
        .filter(name -> !name.isBlank())
        .toList();
  }

  /** Names with descriptions; a more indented line continues the one before. */
  List<Described> described(String key) {
    List<Described> described = new ArrayList<>();
    for (String line : lines.getOrDefault(key, List.of())) {
      Matcher start = DESCRIBED.matcher(line);
      if (!line.startsWith(" ") && start.matches()) {
        described.add(new Described(start.group(1), start.group(2).strip()));
      } else if (!described.isEmpty()) {
        Described last = described.remove(described.size() - 1);
        described.add(new Described(last.name(), last.description() + " " + line.strip()));
      }
    }
    return described;
  }
}
