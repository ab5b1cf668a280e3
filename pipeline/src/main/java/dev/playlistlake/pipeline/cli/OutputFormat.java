package dev.playlistlake.pipeline.cli;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** The forms of an answer that is not a table of rows. */
public enum OutputFormat {
  /** Words and columns, for a person. */
  TABLE,
  /** One line, for a program. */
  JSON;

  /** Values of a flag, for picocli: to read them, and to complete them. */
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

  /** The format of a flag's value. */
  public static OutputFormat of(String given) {
    return values()[words().indexOf(FlagValues.oneOf(words(), given))];
  }

  private static List<String> words() {
    return Arrays.stream(values()).map(OutputFormat::word).toList();
  }

  /** As it is written in a flag. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
