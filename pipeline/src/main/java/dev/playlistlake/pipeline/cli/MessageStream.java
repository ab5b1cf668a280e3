package dev.playlistlake.pipeline.cli;

import dev.playlistlake.model.ForeignText;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stream for messages. They quote foreign text, such as a path or a service's response, so every
 * line is neutralised here.
 */
public final class MessageStream extends PrintStream {
  /** Passes every line to the target at once. */
  public MessageStream(PrintStream target) {
    super(target, /* autoFlush= */ true);
  }

  @Override
  public void print(@Nullable String text) {
    super.print(
        Arrays.stream(String.valueOf(text).split("\\R", -1))
            .map(MessageStream::line)
            .collect(Collectors.joining(System.lineSeparator())));
  }

  @Override
  public void println(@Nullable String text) {
    print(text);
    super.println();
  }

  /** Stack traces are printed this way. */
  @Override
  public void println(@Nullable Object value) {
    println(Objects.toString(value));
  }

  @Override
  public PrintStream format(@Nullable Locale locale, String format, @Nullable Object... values) {
    print(String.format(locale, format, values));
    return this;
  }

  @Override
  public PrintStream format(String format, @Nullable Object... values) {
    return format(Locale.ROOT, format, values);
  }

  private static String line(String line) {
    String text = ForeignText.oneLine(line);
    String indent = line.substring(0, line.length() - line.stripLeading().length());
    return indent.chars().allMatch(c -> c == ' ' || c == '\t') ? indent + text : text;
  }
}
