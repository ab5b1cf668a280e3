package dev.playlistlake.pipeline.cli;

import java.util.List;

/** All mistakes in the flags and the list, one sentence each, starting with the flag's name. */
public final class BadInputException extends Exception {
  private final List<String> problems;

  public BadInputException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  public static BadInputException of(String problem) {
    return new BadInputException(List.of(problem));
  }

  public List<String> problems() {
    return problems;
  }
}
