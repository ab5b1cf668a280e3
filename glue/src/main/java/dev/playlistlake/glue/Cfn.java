package dev.playlistlake.glue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The elements of a CloudFormation template; functions in their long form, which also works in
 * JSON.
 */
final class Cfn {
  /** The parameter that names the infrastructure stack. */
  static final String INFRASTRUCTURE = "Infrastructure";

  private Cfn() {}

  /** A mapping in the order given: name, value, name, value. */
  static Map<String, Object> map(Object... namesAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return map;
  }

  /** The value of a parameter, or the name of a created resource. */
  static Map<String, Object> ref(String logicalId) {
    return map("Ref", logicalId);
  }

  /** A value that the infrastructure stack exports. */
  static Map<String, Object> imported(String name) {
    return map("Fn::ImportValue", sub("${" + INFRASTRUCTURE + "}-" + name));
  }

  /** A text with {@code ${Name}} in it; use {@link #plain} for literal text. */
  static Map<String, Object> sub(String text) {
    return map("Fn::Sub", text);
  }

  /** The same, with these values for names that are not parameters. */
  static Map<String, Object> sub(String text, Map<String, Object> values) {
    return map("Fn::Sub", List.of(text, values));
  }

  /** Escapes a text for {@link #sub}. */
  static String plain(String text) {
    return text.replace("${", "${!");
  }

  static Map<String, Object> join(String delimiter, List<?> parts) {
    return map("Fn::Join", List.of(delimiter, parts));
  }

  static Map<String, Object> base64(Object text) {
    return map("Fn::Base64", text);
  }

  static Map<String, Object> choose(String condition, Object then, Object otherwise) {
    return map("Fn::If", List.of(condition, then, otherwise));
  }

  /** A resource's name in the template: letters and digits only. */
  static String logicalId(String prefix, String snakeCase) {
    StringBuilder id = new StringBuilder(prefix);
    for (String word : snakeCase.split("_", -1)) {
      id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
    }
    return id.toString();
  }
}
