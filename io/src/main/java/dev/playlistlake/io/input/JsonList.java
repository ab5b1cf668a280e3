package dev.playlistlake.io.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.lake.LakeFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * JSON: an array of ids, URIs, URLs or objects; such an array in an object's {@code playlists} or
 * {@code items}; or an object per line.
 */
final class JsonList {
  private static final Pattern START = Pattern.compile("\\s*[\\[{]\\s*[\"\\[{\\]}]");
  private static final List<String> ARRAYS = List.of("playlists", "items");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private JsonList() {}

  /** Whether it begins as JSON does, and not as a link of Markdown. */
  static boolean isJson(String text) {
    return START.matcher(text).lookingAt();
  }

  static ListContent read(String name, String text) throws InputException {
    List<JsonNode> elements = new ArrayList<>();
    try (JsonParser json = MAPPER.createParser(text)) {
      for (JsonNode root = MAPPER.readTree(json); root != null; root = MAPPER.readTree(json)) {
        elementsOf(root).forEach(elements::add);
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          "'%s' is not valid JSON in line %s: %s"
              .formatted(
                  name, e.getLocation().getLineNr(), ListText.shown(e.getOriginalMessage())));
    } catch (IOException e) {
      throw new InputException("'" + name + "' cannot be read: " + LakeFiles.words(e));
    }
    List<String> values = new ArrayList<>();
    for (JsonNode element : elements) {
      Optional<String> value = value(element);
      values.add(value.orElse("entry " + (values.size() + 1) + ": " + element));
    }
    if (!elements.isEmpty() && elements.stream().allMatch(JsonList::isOfAccountData)) {
      throw new InputException(
          "'"
              + name
              + "' is from Spotify's account data, which has playlists without their ids; give"
              + " --playlists=me after login, or links that you copy from the app");
    }
    return new ListContent(values);
  }

  private static JsonNode elementsOf(JsonNode root) {
    if (root.isArray()) {
      return root;
    }
    for (String field : ARRAYS) {
      if (root.path(field).isArray() && value(root).flatMap(LineList::playlist).isEmpty()) {
        return root.path(field);
      }
    }
    return MAPPER.createArrayNode().add(root);
  }

  private static Optional<String> value(JsonNode element) {
    if (element.isTextual()) {
      return Optional.of(element.asText()).filter(text -> !text.isBlank());
    }
    List<String> texts = new ArrayList<>(texts(element, ColumnNames::isOfPlaylists));
    texts.addAll(texts(element, ColumnNames::isGeneral));
    return texts.stream()
        .filter(text -> LineList.playlist(text).isPresent())
        .findFirst()
        .or(() -> texts.stream().findFirst());
  }

  private static List<String> texts(JsonNode element, Predicate<String> isName) {
    return element.properties().stream()
        .filter(field -> isName.test(field.getKey()))
        .map(field -> field.getValue().asText())
        .filter(text -> !text.isBlank())
        .toList();
  }

  /** {@code Playlist1.json}: names, dates and songs. */
  private static boolean isOfAccountData(JsonNode element) {
    return value(element).isEmpty()
        && element.has("name")
        && (element.has("lastModifiedDate") || element.has("items"));
  }
}
