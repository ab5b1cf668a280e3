package dev.playlistlake.pipeline.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.TypeConversionException;

/**
 * All mistakes in a call, one sentence each, starting with the flag's name; and notes, which stop
 * nothing.
 */
public final class Problems {
  private final List<String> sentences = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private List<String> arguments = List.of();

  public void add(String sentence) {
    sentences.add(sentence);
  }

  public void addAll(List<String> more) {
    sentences.addAll(more);
  }

  /** Adds what the user should know about a value that can be used. */
  public void addNotes(List<String> more) {
    notes.addAll(more);
  }

  public List<String> notes() {
    return List.copyOf(notes);
  }

  /** A flag's parsed value; if it is wrong, adds a problem and returns empty. */
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

  /** Whether a flag has no problem. */
  public boolean isFine(String flag) {
    return sentences.stream().noneMatch(sentence -> flag.equals(subject(sentence)));
  }

  /** All of them, in the order of their arguments. */
  public List<String> sentences() {
    return sentences.stream().sorted(Comparator.comparingInt(this::position)).toList();
  }

  /**
   * Throws if there is any problem.
   *
   * @throws BadInputException with all problems
   */
  public void check() throws BadInputException {
    if (!isEmpty()) {
      throw new BadInputException(sentences());
    }
  }

  /** Sets the arguments as typed; they set the order. */
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
