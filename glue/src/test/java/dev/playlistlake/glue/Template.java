package dev.playlistlake.glue;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A template of the repository as it is written: functions stay functions. */
record Template(Path file, JsonNode root) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** The hand-written one. */
  static Template infrastructure() throws IOException {
    return of(Path.of("infrastructure.yaml"));
  }

  /** The generated one. */
  static Template catalog() throws IOException {
    return of(Path.of("catalog.yaml"));
  }

  private static Template of(Path file) throws IOException {
    return new Template(file, YAML.readTree(file.toFile()));
  }

  JsonNode parameters() {
    return root.path("Parameters");
  }

  JsonNode resources() {
    return root.path("Resources");
  }

  JsonNode properties(String logicalId) {
    return resources().path(logicalId).path("Properties");
  }

  /** The properties of the resources of a type. */
  List<JsonNode> ofType(String type) {
    return stream(resources())
        .filter(resource -> resource.path("Type").asText().equals(type))
        .map(resource -> resource.path("Properties"))
        .toList();
  }

  /** What is under TableInput of a table or view in Glue. */
  JsonNode table(String name) {
    return ofType("AWS::Glue::Table").stream()
        .map(table -> table.path("TableInput"))
        .filter(input -> input.path("Name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no table " + name));
  }

  /**
   * A value as one text: a Ref as {@code ${Name}}, the text of an Fn::Sub with its variables in it.
   */
  static String text(JsonNode value) {
    if (value.has("Ref")) {
      return "${" + value.get("Ref").asText() + "}";
    }
    JsonNode sub = value.path("Fn::Sub");
    return sub.isArray()
        ? sub.path(0).asText()
        : sub.isMissingNode() ? value.asText() : sub.asText();
  }

  /** One text or a list of them: IAM takes both. */
  static List<String> texts(JsonNode value) {
    return value.isArray() ? stream(value).map(Template::text).toList() : List.of(text(value));
  }

  static List<String> texts(JsonNode list, String field) {
    return stream(list).map(entry -> entry.path(field).asText()).toList();
  }

  static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** What Glue stores as the text of a view, which is encoded when the template is deployed. */
  static String viewText(JsonNode value, String database) {
    if (value.has("Fn::Join")) {
      JsonNode join = value.get("Fn::Join");
      return stream(join.get(1))
          .map(part -> viewText(part, database))
          .collect(joining(join.get(0).asText()));
    }
    if (value.has("Fn::Base64")) {
      byte[] text = viewText(value.get("Fn::Base64"), database).getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(text);
    }
    return text(value).replace("${Database}", database);
  }

  /** The JSON inside such a text. */
  static JsonNode viewDefinition(JsonNode view, String database) throws IOException {
    String text = viewText(view.path("ViewOriginalText"), database);
    String encoded = text.replace("/* Presto View: ", "").replace(" */", "");
    return YAML.readTree(Base64.getDecoder().decode(encoded));
  }

  static Stream<JsonNode> stream(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }
}
