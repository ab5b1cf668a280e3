package dev.playlistlake.io.spotify.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.model.SubjectType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DetailJsonTest {

  /**
   * The members of a batch are shown by their ids ({@code -} a null, {@code ?} an object without
   * one), the result by what each requested id gets; an id that is left out is not accounted for.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b c   | a b c   | a=a b=b c=c",
        "a b c   | c a b   | a=a b=b c=c",
        "a b c   | c b a   | a=a b=b c=c",
        // Unknown ids
        "a b c   | a - c   | a=a b=- c=c",
        "a b c   | - - -   | a=- b=- c=-",
        "a b c   | - c a   | a=a b=- c=c",
        "a b c d | d - a - | a=a b=- c=- d=d",
        // Ids of merged albums, also of one that is requested too
        "a b c   | a x c   | a=a b=x c=c",
        "a b c   | x y -   | a=x b=y c=-",
        "a b     | b b     | a=b b=b",
        "a b     | a a     | a=a b=a",
        "a b c d | b b - x | a=b b=b c=- d=x",
        "a b c   | c x a   | a=a b=x c=c",
        "a b c   | c a x   | a=a b=x c=c",
        "a b c   | a ? c   | a=a b=? c=c",
        // Members of which it is not certain whose they are
        "a b c d | c x a y | a=a c=c",
        "a b c d | c - a y | a=a c=c",
        // Fewer members, or more
        "a b c   | a c     | a=a c=c",
        "a b c   | c a     | a=a c=c",
        "a b c   | a x     | a=a",
        "a b c   | a -     | a=a",
        "a b c   | ''      | ''",
        "a b     | b x a   | a=a b=b",
        "a b     | a x -   | a=a",
      })
  void membersBelongToTheirIds(String ids, String members, String result) throws Exception {
    DetailJson.Details details =
        DetailJson.readBatch(
            SubjectType.ALBUM, List.of(ids.split(" ")), "{\"albums\":" + array(members) + "}");
    assertThat(shown(details), is(result));
  }

  @ParameterizedTest
  @EnumSource(names = {"ALBUM", "ARTIST"})
  void bothKindsAlike(SubjectType kind) throws Exception {
    String field = kind == SubjectType.ALBUM ? "albums" : "artists";
    DetailJson.Details details =
        DetailJson.readBatch(kind, List.of("a", "b"), "{\"" + field + "\":" + array("b a") + "}");
    assertThat(shown(details), is("a=a b=b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"albums\":null}",
        "{\"albums\":{}}",
        "{\"artists\":[null]}"
      })
  void withoutMembersItIsMalformed(String body) {
    assertThrows(
        MalformedResponseException.class,
        () -> DetailJson.readBatch(SubjectType.ALBUM, List.of("a"), body));
  }

  @Test
  void aMergedSingleIsOfTheRequestedId() throws Exception {
    assertThat(shown(DetailJson.readSingle("a", "{\"id\":\"x\"}")), is("a=x"));
  }

  private static String array(String members) {
    StringBuilder json = new StringBuilder("[");
    for (String member : members.isEmpty() ? new String[0] : members.split(" ")) {
      json.append(json.length() > 1 ? "," : "")
          .append(
              switch (member) {
                case "-" -> "null";
                case "?" -> "{\"name\":\"without id\"}";
                default -> "{\"id\":\"" + member + "\"}";
              });
    }
    return json.append("]").toString();
  }

  private static String shown(DetailJson.Details details) {
    Map<String, JsonNode> sorted = new TreeMap<>(details.byId());
    StringBuilder text = new StringBuilder();
    sorted.forEach(
        (id, object) ->
            text.append(text.isEmpty() ? "" : " ")
                .append(id)
                .append("=")
                .append(object == null ? "-" : object.path("id").asText("?")));
    return text.toString();
  }
}
