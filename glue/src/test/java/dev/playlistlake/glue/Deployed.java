package dev.playlistlake.glue;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The template in the repository as CloudFormation would carry it out for certain parameters: the
 * resources whose condition holds, every function worked out.
 */
final class Deployed {
  private static final Path TEMPLATE = Path.of("playlist-lake-catalog.yaml");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(!?)([^}]*)}");

  private static final Map<String, String> PSEUDO =
      Map.of(
          "AWS::AccountId", "123456789012",
          "AWS::Partition", "aws",
          "AWS::Region", "eu-central-1",
          "AWS::StackName", "music");

  private final Map<String, Object> template;
  private final Map<String, Object> values = new LinkedHashMap<>(PSEUDO);
  private final Map<String, Map<String, Object>> resources = new LinkedHashMap<>();

  private Deployed(Map<String, Object> template) {
    this.template = template;
  }

  /**
   * With bucket {@code my-bucket} and first day 2026-11-20, and parameters: name, value, ...; not
   * all are allowed.
   */
  static Deployed with(String... parameters) throws IOException {
    Deployed deployed = new Deployed(template());
    section(deployed.template, "Parameters")
        .forEach(
            (name, parameter) -> {
              Object value = ((Map<?, ?>) parameter).get("Default");
              if (value != null) {
                deployed.values.put(name, value);
              }
            });
    deployed.values.put("LakeBucket", "my-bucket");
    deployed.values.put("FirstDay", "2026-11-20");
    for (int i = 0; i < parameters.length; i += 2) {
      if (deployed.values.put(parameters[i], parameters[i + 1]) == null) {
        throw new IllegalArgumentException("no parameter " + parameters[i]);
      }
      Object pattern =
          section(section(deployed.template, "Parameters"), parameters[i]).get("AllowedPattern");
      if (pattern != null && !parameters[i + 1].matches((String) pattern)) {
        throw new IllegalArgumentException(parameters[i] + " may not be " + parameters[i + 1]);
      }
    }
    section(deployed.template, "Resources").forEach(deployed::deploy);
    return deployed;
  }

  /** The template as it stands, functions and all. */
  static Map<String, Object> template() throws IOException {
    return map(new ObjectMapper(new YAMLFactory()).readValue(TEMPLATE.toFile(), Map.class));
  }

  /** The resources by their logical id, in the order of the template. */
  Map<String, Map<String, Object>> resources() {
    return resources;
  }

  /** The properties of the resources of a type. */
  List<Map<String, Object>> ofType(String type) {
    return resources.values().stream()
        .filter(resource -> type.equals(resource.get("Type")))
        .map(resource -> section(resource, "Properties"))
        .toList();
  }

  /** The properties of a resource. */
  Map<String, Object> properties(String logicalId) {
    Map<String, Object> resource = resources.get(logicalId);
    if (resource == null) {
      throw new IllegalArgumentException("no resource " + logicalId);
    }
    return section(resource, "Properties");
  }

  /** The tables in Glue by name: what stands under TableInput. */
  Map<String, Map<String, Object>> tables() {
    Map<String, Map<String, Object>> tables = new LinkedHashMap<>();
    for (Map<String, Object> properties : ofType("AWS::Glue::Table")) {
      Map<String, Object> table = section(properties, "TableInput");
      tables.put(text(table, "Name"), table);
    }
    return tables;
  }

  static Map<String, Object> section(Map<String, Object> map, String name) {
    return map(map.get(name));
  }

  static List<Map<String, Object>> list(Map<String, Object> map, String name) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Object entry : (List<?>) Objects.requireNonNull(map.get(name), name)) {
      list.add(map(entry));
    }
    return list;
  }

  static String text(Map<String, Object> map, String name) {
    return (String) Objects.requireNonNull(map.get(name), name);
  }

  private static Map<String, Object> map(@Nullable Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) Objects.requireNonNull(value)).forEach((k, v) -> map.put((String) k, v));
    return map;
  }

  private void deploy(String logicalId, Object definition) {
    Map<String, Object> resource = map(definition);
    Object condition = resource.get("Condition");
    if (condition == null || holds((String) condition)) {
      resources.put(logicalId, map(resolve(resource)));
    }
  }

  private boolean holds(String condition) {
    List<?> sides = arguments(section(section(template, "Conditions"), condition), "Fn::Equals");
    return Objects.equals(resolve(sides.get(0)), resolve(sides.get(1)));
  }

  private Object resolve(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(this::resolve).toList();
    }
    if (!(value instanceof Map<?, ?>)) {
      return Objects.requireNonNull(value);
    }
    Map<String, Object> map = map(value);
    String function = map.size() == 1 ? map.keySet().iterator().next() : "";
    Object argument = map.get(function);
    return switch (function) {
      case "Ref" -> reference(String.valueOf(argument));
      case "Fn::Sub" -> substitute(String.valueOf(argument));
      case "Fn::Join" -> {
        List<?> parts = (List<?>) resolve(arguments(map, function).get(1));
        String delimiter = (String) arguments(map, function).get(0);
        yield parts.stream().map(String.class::cast).collect(joining(delimiter));
      }
      case "Fn::Base64" ->
          Base64.getEncoder()
              .encodeToString(((String) resolve(argument)).getBytes(StandardCharsets.UTF_8));
      case "Fn::If" -> {
        List<?> choice = arguments(map, function);
        yield resolve(choice.get(holds((String) choice.get(0)) ? 1 : 2));
      }
      case "Fn::GetAtt" ->
          arguments(map, function).stream().map(String::valueOf).collect(joining("."));
      default -> {
        if (function.startsWith("Fn::")) {
          throw new IllegalArgumentException(function);
        }
        map.replaceAll((name, part) -> resolve(part));
        yield map;
      }
    };
  }

  private static List<?> arguments(Map<String, Object> map, String function) {
    return (List<?>) Objects.requireNonNull(map.get(function), function);
  }

  private Object reference(String name) {
    Object value = values.get(name);
    if (value != null) {
      return value;
    }
    Map<String, Object> properties =
        section(map(section(template, "Resources").get(name)), "Properties");
    return switch (text(map(section(template, "Resources").get(name)), "Type")) {
      case "AWS::Glue::Database" -> resolve(section(properties, "DatabaseInput").get("Name"));
      case "AWS::Glue::Table" -> resolve(section(properties, "TableInput").get("Name"));
      case "AWS::Athena::WorkGroup" -> resolve(properties.get("Name"));
      default -> name;
    };
  }

  private String substitute(String text) {
    Matcher variables = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (variables.find()) {
      String value =
          variables.group(1).isEmpty()
              ? String.valueOf(reference(variables.group(2)))
              : "${" + variables.group(2) + "}";
      variables.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return variables.appendTail(result).toString();
  }
}
