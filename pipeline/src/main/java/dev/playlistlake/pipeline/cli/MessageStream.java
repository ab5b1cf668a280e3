package dev.playlistlake.pipeline.cli;

import dev.playlistlake.model.ForeignText;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A stream for messages. Much of a message is what others have written, a path or an answer of a
 * service, so each line of each is neutralised here, wherever it comes from.
 */
public final class MessageStream extends PrintStream {
  /** Every line goes on to the target at once. */
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

  /** As stack traces are printed. */
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
