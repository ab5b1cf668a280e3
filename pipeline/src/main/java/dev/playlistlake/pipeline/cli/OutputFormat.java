package dev.playlistlake.pipeline.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Output formats for results other than rows. */
public enum OutputFormat {
  /** Text and columns, for people. */
  TABLE,
  /** One line, for programs. */
  JSON;

  /** A flag's values, for picocli to parse and complete. */
  public static final class Words implements ITypeConverter<OutputFormat>, Iterable<String> {
    @Override
    public OutputFormat convert(String given) {
      return of(given);
    }

    @Override
    public Iterator<String> iterator() {
      return words().iterator();
    }
  }

  /**
   * Parses a flag's value.
   *
   * @throws picocli.CommandLine.TypeConversionException if it is not a format
   */
  public static OutputFormat of(String given) {
    return values()[words().indexOf(FlagValues.oneOf(words(), given))];
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(OutputFormat::word).toList();
  }

  /** As written in a flag. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
