package dev.playlistlake.io.spotify.users;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.playlistlake.io.spotify.api.UserLinks;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** What holds of any answer, judged by a second definition that takes the answer as a tree. */
class UserJsonPropertiesTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final UserPseudonyms HASHED =
      new UserPseudonyms(UserIdMode.HASH, new byte[] {1, 2, 3});
  private static final UserPseudonyms DROPPED = new UserPseudonyms(UserIdMode.DROP, null);

  private static final List<String> NAMES =
      List.of(
          "id", "type", "owner", "added_by", "display_name", "uri", "name", "items", "é\\u0022");
  private static final List<String> SCALARS =
      List.of(
          "\"ann\"",
          "\"Ann's \\u00e9\\ud83c\\udfb5\"",
          "\"user\"",
          "\"us\\u0065r\"",
          "\"track\"",
          "\"spotify:user:ann\"",
          "\"spotify:user:ann:playlist:p\"",
          "\"https:\\/\\/open.spotify.com/user/ann/playlist/p\"",
          "\"\"",
          "12345678901234567890.1230e-5",
          "-0",
          "1E400",
          "true",
          "null",
          "{ }",
          "[\t]");

  @Property(tries = 500)
  void isWhatTheTreeSays(@ForAll("answers") String answer) throws JsonProcessingException {
    for (UserPseudonyms ids : List.of(HASHED, DROPPED)) {
      UserJson json = new UserJson(ids);
      String cleaned = json.clean(answer);
      assertThat(MAPPER.readTree(cleaned), equalTo(shown(MAPPER.readTree(answer), "", ids)));
      assertThat(json.clean(cleaned), is(cleaned));
    }
  }

  @Property(tries = 50)
  void whatIsCutShortShowsNothing(@ForAll("answers") String answer) {
    for (int end = 1; end < answer.length(); end++) {
      String cleaned = new UserJson(DROPPED).clean(answer.substring(0, end));
      assertThat(cleaned.equals("[not shown]") || answer.substring(0, end).isBlank(), is(true));
    }
  }

  @Provide
  Arbitrary<String> answers() {
    return Arbitraries.oneOf(object(3), object(3), object(3), array(3));
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> scalar = Arbitraries.of(SCALARS);
    return depth == 0 ? scalar : Arbitraries.oneOf(scalar, object(depth - 1), array(depth - 1));
  }

  /** Every name once: a tree knows no field that stands twice. */
  private static Arbitrary<String> object(int depth) {
    return Combinators.combine(
            Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.lazy(() -> value(depth)))
                .ofMaxSize(5),
            blank())
        .as(
            (fields, blank) ->
                fields.entrySet().stream()
                    .map(field -> "\"" + field.getKey() + "\"" + blank + ":" + field.getValue())
                    .collect(Collectors.joining("," + blank, "{" + blank, blank + "}")));
  }

  private static Arbitrary<String> array(int depth) {
    return Combinators.combine(Arbitraries.lazy(() -> value(depth)).list().ofMaxSize(3), blank())
        .as((values, blank) -> "[" + blank + String.join(blank + ",", values) + "]");
  }

  private static Arbitrary<String> blank() {
    return Arbitraries.of("", " ", "\n\t ");
  }

  private static JsonNode shown(JsonNode value, String name, UserPseudonyms ids) {
    boolean user = name.equals("owner") || name.equals("added_by");
    if (value.isObject()) {
      return user || value.path("type").asText().equals("user")
          ? shownUser(value, ids)
          : shownObject(value, ids);
    } else if (user) {
      return NullNode.instance;
    } else if (value.isArray()) {
      ArrayNode shown = JsonNodeFactory.instance.arrayNode();
      value.forEach(element -> shown.add(shown(element, name, ids)));
      return shown;
    }
    return value.isTextual() && !name.equals("name")
        ? text(UserLinks.without(value.textValue()))
        : value;
  }

  private static ObjectNode shownObject(JsonNode object, UserPseudonyms ids) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      shown.set(field.getKey(), shown(field.getValue(), field.getKey(), ids));
    }
    return shown;
  }

  private static ObjectNode shownUser(JsonNode user, UserPseudonyms ids) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    for (String name : (Iterable<String>) user::fieldNames) {
      String text = user.get(name).textValue();
      shown.set(
          name,
          switch (name) {
            case "type" -> text("user".equals(text) ? text : null);
            case "id" -> text(ids.shown(text));
            case "display_name" -> text(ids.shownName(text, user.path("id").textValue()));
            default -> NullNode.instance;
          });
    }
    return shown;
  }

  private static JsonNode text(@Nullable String text) {
    return text == null ? NullNode.instance : new TextNode(text);
  }
}
