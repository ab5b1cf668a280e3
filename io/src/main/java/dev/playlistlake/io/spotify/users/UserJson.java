package dev.playlistlake.io.spotify.users;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.playlistlake.model.ForeignText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A response with its users as a lake shows them. In a user's object, which is the value of {@code
 * added_by} or {@code owner} or has the type {@code user}, only the type, the shown id, and a name
 * that does not reveal the id remain; links elsewhere lose the user in them. What is removed
 * becomes null. Everything else stays unchanged, including numbers and whitespace.
 *
 * <p>Text that is not JSON cannot be understood, so none of it is shown.
 */
final class UserJson {
  private static final String OF_USER = "owner";
  private static final Set<String> USERS = Set.of("added_by", OF_USER);

  /** Free text, which is not treated as a link. */
  private static final Set<String> FREE_TEXT = Set.of("name", "description");

  private static final String NULL = "null";
  private static final JsonFactory JSON = new JsonFactory();

  private final UserPseudonyms ids;

  UserJson(UserPseudonyms ids) {
    this.ids = ids;
  }

  String clean(String body) {
    return ids.areKept() ? body : new Cleaning(body, false).cleaned();
  }

  /** A response that is a user. */
  String cleanUser(String body) {
    return ids.areKept() ? body : new Cleaning(body, true).cleaned();
  }

  /** A part of the response and its replacement. */
  private record Edit(int from, int to, String by) {}

  /**
   * A field of an object.
   *
   * @param text its value if that is a string
   */
  private record Field(String name, int from, int to, @Nullable String text) {}

  /** One pass through one response. */
  private final class Cleaning {
    private final String body;
    private final boolean ofUser;

    /** In order, not nested. */
    private final List<Edit> edits = new ArrayList<>();

    Cleaning(String body, boolean ofUser) {
      this.body = body;
      this.ofUser = ofUser;
    }

    String cleaned() {
      int understood = 0;
      int editsUnderstood = 0;
      // From an array of characters, so that positions are those in the body.
      try (JsonParser json = JSON.createParser(body.toCharArray())) {
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
          if (!token.isStructStart()) {
            return edited(understood, editsUnderstood) + ForeignText.NOT_SHOWN;
          }
          value(json, ofUser ? OF_USER : "");
          understood = position(json);
          editsUnderstood = edits.size();
        }
        return edited(body.length(), edits.size());
      } catch (JsonProcessingException e) {
        return edited(understood, editsUnderstood) + ForeignText.NOT_SHOWN;
      } catch (IOException e) {
        throw new UncheckedIOException("memory does not fail to be read", e);
      }
    }

    private String edited(int to, int numberOfEdits) {
      StringBuilder text = new StringBuilder(to);
      int from = 0;
      for (Edit edit : edits.subList(0, numberOfEdits)) {
        text.append(body, from, edit.from()).append(edit.by());
        from = edit.to();
      }
      return text.append(body, from, to).toString();
    }

    /** A value, from its first token to its last. */
    private void value(JsonParser json, String field) throws IOException {
      int from = start(json);
      JsonToken token = json.currentToken();
      if (token == JsonToken.START_OBJECT) {
        object(json, USERS.contains(field));
      } else if (USERS.contains(field)) {
        json.skipChildren();
        replace(from, end(json), NULL);
      } else if (token == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          value(json, field);
        }
      } else if (token == JsonToken.VALUE_STRING && !FREE_TEXT.contains(field)) {
        String text = json.getText();
        String shown = ids.shownLink(text);
        if (!text.equals(shown)) {
          replace(from, position(json), quoted(shown));
        }
      }
    }

    private void object(JsonParser json, boolean ofUser) throws IOException {
      boolean isUser = ofUser;
      int editsBefore = edits.size();
      List<Field> fields = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        String text = json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
        int from = start(json);
        value(json, name);
        fields.add(new Field(name, from, end(json), text));
        isUser = isUser || (name.equals("type") && "user".equals(text));
      }
      if (isUser) {
        // Its values are replaced whole, so edits within them are dropped.
        edits.subList(editsBefore, edits.size()).clear();
        for (Field field : fields) {
          String shown = shown(field, fields);
          if (field.text() == null || !field.text().equals(shown)) {
            replace(field.from(), field.to(), quoted(shown));
          }
        }
      }
    }

    /** What remains of a user's field. */
    private @Nullable String shown(Field field, List<Field> ofUser) {
      String text = field.text();
      return switch (field.name()) {
        case "type" -> "user".equals(text) ? text : null;
        case "id" -> ids.shown(text);
        case "display_name" -> {
          String name = text;
          for (Field other : ofUser) {
            name = other.name().equals("id") ? ids.shownName(name, other.text()) : name;
          }
          yield name;
        }
        default -> null;
      };
    }

    private void replace(int from, int to, String by) {
      edits.add(new Edit(from, to, by));
    }

    private static String quoted(@Nullable String text) {
      return text == null
          ? NULL
          : '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static int start(JsonParser json) {
      return (int) json.currentTokenLocation().getCharOffset();
    }

    /** Where the current token ends; a string is read to its end only if necessary. */
    private static int end(JsonParser json) throws IOException {
      json.finishToken();
      return position(json);
    }

    private static int position(JsonParser json) {
      return (int) json.currentLocation().getCharOffset();
    }
  }
}
