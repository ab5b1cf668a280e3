package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.model.SubjectType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses the responses of {@code /v1/albums} and {@code /v1/artists}, batch and single. */
public final class DetailJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DetailJson() {}

  /**
   * Detail objects by the requested id; null for an id that Spotify does not know. An id that the
   * response does not account for is left out.
   */
  public record Details(Map<String, @Nullable JsonNode> byId) implements Parsed {}

  /**
   * The members of a batch belong to the ids that they have. A null, or an object with another id
   * (Spotify merges albums and artists), is assigned by its position, where that is certain: one
   * member per id, and none that stands in another's place.
   *
   * @throws MalformedResponseException if the response has no members
   */
  public static Details readBatch(SubjectType kind, List<String> ids, String body)
      throws MalformedResponseException {
    JsonNode members = parse(body).get(kind == SubjectType.ALBUM ? "albums" : "artists");
    if (members == null || !members.isArray()) {
      throw new MalformedResponseException("the answer is no batch");
    }
    Map<String, Integer> positions = positions(ids, members);
    List<Integer> rest = new ArrayList<>();
    List<String> open = new ArrayList<>();
    boolean inOrder = true;
    for (int i = 0; i < ids.size(); i++) {
      Integer position = positions.get(ids.get(i));
      if (position == null) {
        open.add(ids.get(i));
      } else {
        inOrder &= position == i;
      }
    }
    for (int i = 0; i < members.size(); i++) {
      if (!positions.containsValue(i)) {
        rest.add(i);
      }
    }
    // With as many members as ids, there are as many left as open ids, and in order at their
    // places. Of several out of order, only nulls are all alike.
    boolean certain =
        inOrder || open.size() == 1 || rest.stream().noneMatch(i -> members.get(i).isObject());
    if (members.size() == ids.size() && certain) {
      for (int i = 0; i < open.size(); i++) {
        positions.put(open.get(i), rest.get(i));
      }
    }
    Map<String, @Nullable JsonNode> byId = new LinkedHashMap<>();
    positions.forEach(
        (id, position) -> {
          JsonNode member = members.get(position);
          byId.put(id, member.isObject() ? member : null);
        });
    return new Details(byId);
  }

  /**
   * Where the members with a requested id stand; of several with the same, the one in its place.
   */
  private static Map<String, Integer> positions(List<String> ids, JsonNode members) {
    Set<String> requested = Set.copyOf(ids);
    Map<String, Integer> positions = new LinkedHashMap<>();
    for (int i = 0; i < members.size(); i++) {
      String id = CatalogJson.id(members.get(i));
      if (id != null && i < ids.size() && id.equals(ids.get(i))) {
        positions.put(id, i);
      } else if (id != null && requested.contains(id)) {
        positions.putIfAbsent(id, i);
      }
    }
    return positions;
  }

  public static Details readSingle(String id, String body) throws MalformedResponseException {
    JsonNode object = parse(body);
    if (CatalogJson.id(object) == null) {
      throw new MalformedResponseException("the detail has no id");
    }
    Map<String, @Nullable JsonNode> byId = new LinkedHashMap<>();
    byId.put(id, object);
    return new Details(byId);
  }

  private static JsonNode parse(String body) throws MalformedResponseException {
    try {
      JsonNode root = MAPPER.readTree(body);
      if (root == null || !root.isObject()) {
        throw new MalformedResponseException("the answer is no JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new MalformedResponseException("the answer is no JSON", e);
    }
  }
}
