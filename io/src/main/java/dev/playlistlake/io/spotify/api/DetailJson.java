package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.model.SubjectType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses the responses of {@code /v1/albums} and {@code /v1/artists}, batch and single. */
public final class DetailJson {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private DetailJson() {}

  /**
   * Detail objects by the requested id; null for an id that Spotify does not know.
   *
   * @param byId in the order of the request
   */
  public record Details(Map<String, @Nullable JsonNode> byId) implements Parsed {}

  /**
   * A batch returns its members in the order of the requested ids.
   *
   * @throws MalformedResponseException if the response does not have one member per id
   */
  public static Details readBatch(SubjectType kind, List<String> ids, String body)
      throws MalformedResponseException {
    JsonNode members = parse(body).get(kind == SubjectType.ALBUM ? "albums" : "artists");
    if (members == null || !members.isArray() || members.size() != ids.size()) {
      throw new MalformedResponseException("the batch does not answer for all its ids");
    }
    Map<String, @Nullable JsonNode> byId = new LinkedHashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      JsonNode member = members.get(i);
      byId.put(ids.get(i), member.isObject() ? member : null);
    }
    return new Details(byId);
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
