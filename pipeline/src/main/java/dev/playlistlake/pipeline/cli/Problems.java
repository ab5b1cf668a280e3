package dev.playlistlake.pipeline.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.TypeConversionException;

/** Everything that is wrong with a call, one sentence each, the flag's name first. */
public final class Problems {
  private final List<String> sentences = new ArrayList<>();
  private List<String> arguments = List.of();

  public void add(String sentence) {
    sentences.add(sentence);
  }

  public void addAll(List<String> more) {
    sentences.addAll(more);
  }

  /** The value that is read from a flag; empty, and a problem, if it is wrong. */
  public <T> Optional<T> valueOf(String flag, Supplier<T> reader) {
    try {
      return Optional.of(reader.get());
    } catch (TypeConversionException e) {
      add(flag + ": " + e.getMessage());
      return Optional.empty();
    }
  }

  public boolean isEmpty() {
    return sentences.isEmpty();
  }

  /** Whether nothing is wrong with a flag. */
  public boolean isFine(String flag) {
    return sentences.stream().noneMatch(sentence -> flag.equals(subject(sentence)));
  }

  /** All of them, in the order of the arguments that they are about. */
  public List<String> sentences() {
    return sentences.stream().sorted(Comparator.comparingInt(this::position)).toList();
  }

  /**
   * Goes no further if something is wrong.
   *
   * @throws BadInputException with all of it
   */
  public void check() throws BadInputException {
    if (!isEmpty()) {
      throw new BadInputException(sentences());
    }
  }

  /** Tells what was typed, which sets the order. */
  void areAbout(List<String> args) {
    this.arguments = List.copyOf(args);
  }

  private int position(String sentence) {
    String subject = subject(sentence);
    int position = 0;
    while (position < arguments.size() && !isAbout(subject, arguments.get(position))) {
      position++;
    }
    return position;
  }

  private static boolean isAbout(String subject, String argument) {
    return argument.equals(subject) || argument.startsWith(subject + "=");
  }

  private static String subject(String sentence) {
    return sentence.split(":? ", 2)[0];
  }
}
