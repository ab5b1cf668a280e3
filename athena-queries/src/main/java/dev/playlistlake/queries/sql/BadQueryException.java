package dev.playlistlake.queries.sql;

import java.util.List;

/** What is wrong with a query, as lines for the user. */
public final class BadQueryException extends Exception {
  private final List<String> problems;

  public BadQueryException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** One line each. */
  public List<String> problems() {
    return problems;
  }
}
