package dev.playlistlake.io.spotify.auth;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines {@code NAME=value} as people write them: with comments, quotes, {@code export}, and the
 * byte order mark that some editors put before the first line. If several lines have one name, the
 * last counts.
 */
final class DotEnv {
  private static final Pattern LINE = Pattern.compile("([^=\r\n]*)=([^\r\n]*)");
  private static final Pattern VALUE = Pattern.compile("\\s*[\"']?(.*?)[\"']?\\s*", Pattern.DOTALL);
  private static final Pattern BEFORE_NAME = Pattern.compile("^\uFEFF?\\s*(export\\s+)?");

  private final String text;
  private final Map<String, Span> spans = new HashMap<>();

  /** The position of a value in the text. */
  private record Span(int from, int to) {}

  private DotEnv(String text) {
    this.text = text;
    Matcher line = LINE.matcher(text);
    while (line.find()) {
      String name = BEFORE_NAME.matcher(line.group(1)).replaceFirst("").strip();
      Matcher value = VALUE.matcher(line.group(2));
      if (!name.startsWith("#") && value.matches()) {
        spans.put(name, new Span(line.start(2) + value.start(1), line.start(2) + value.end(1)));
      }
    }
  }

  static DotEnv parse(String text) {
    return new DotEnv(text);
  }

  /** A value without the quotes around it, which Docker's environment files keep. */
  static String unquoted(String value) {
    Matcher parts = VALUE.matcher(value);
    return parts.matches() ? parts.group(1) : value;
  }

  String text() {
    return text;
  }

  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    spans.forEach((name, span) -> values.put(name, text.substring(span.from(), span.to())));
    return values;
  }

  /** The text with another value for an existing name; everything else stays unchanged. */
  String with(String name, String value) {
    Span span = spans.get(name);
    if (span == null) {
      throw new IllegalArgumentException("no line gives " + name);
    }
    return text.substring(0, span.from()) + value + text.substring(span.to());
  }

  /** The same, but appends a line for a name that does not exist. */
  DotEnv withOrMore(String name, String value) {
    if (spans.containsKey(name)) {
      return parse(with(name, value));
    }
    String end = text.contains("\r\n") ? "\r\n" : "\n";
    boolean unended = !text.isEmpty() && !text.endsWith("\n");
    return parse(text + (unended ? end : "") + name + "=" + value + end);
  }

  @Override
  public String toString() {
    return "DotEnv(not shown)";
  }
}
