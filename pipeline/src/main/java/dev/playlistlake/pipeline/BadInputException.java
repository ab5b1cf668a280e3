package dev.playlistlake.pipeline;

import java.util.List;

/** All that is wrong with the flags and the list, a sentence each, the flag's name first. */
final class BadInputException extends Exception {
  private final List<String> problems;

  BadInputException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  static BadInputException of(String problem) {
    return new BadInputException(List.of(problem));
  }

  List<String> problems() {
    return problems;
  }
}
