package dev.playlistlake.glue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * YAML that all versions parse alike: texts of several lines as blocks, plain words unquoted, all
 * else quoted, such as days, which YAML 1.1 takes for dates.
 */
final class Yaml {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .disable(YAMLGenerator.Feature.SPLIT_LINES)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .stringQuotingChecker(new WordsAreBare())
              .build());

  private Yaml() {}

  static String text(Map<String, Object> document) {
    try {
      return MAPPER.writeValueAsString(document);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class WordsAreBare extends StringQuotingChecker {
    private static final long serialVersionUID = 1;

    @Override
    public boolean needToQuoteName(String name) {
      return !isWord(name);
    }

    @Override
    public boolean needToQuoteValue(String value) {
      return !isWord(value);
    }

    private boolean isWord(String text) {
      return text.matches("[A-Za-z][A-Za-z0-9_.]*(::?[A-Za-z0-9_.]+)*") && !isReservedKeyword(text);
    }
  }
}
