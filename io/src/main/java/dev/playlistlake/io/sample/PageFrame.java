package dev.playlistlake.io.sample;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;

/** Builds the paging object of the Web API. */
final class PageFrame {
  private PageFrame() {}

  /**
   * A page without its {@code items}.
   *
   * @param address of the paged resource, without a query
   * @param types further parameters of the links, with a leading {@code &}; may be empty
   */
  static ObjectNode of(String address, String types, int total, int offset, int limit) {
    long end = (long) offset + limit;
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("href", link(address, offset, limit, types));
    node.put("limit", limit);
    node.put("offset", offset);
    node.put("total", total);
    node.put("next", end < total ? link(address, end, limit, types) : null);
    node.put(
        "previous", offset > 0 ? link(address, Math.max(0, offset - limit), limit, types) : null);
    return node;
  }

  private static String link(String address, long offset, int limit, String types) {
    return String.format(Locale.ROOT, "%s?offset=%d&limit=%d%s", address, offset, limit, types);
  }

  /** The elements on a page; none past the end. */
  static <T> List<T> slice(List<T> all, int offset, int limit) {
    int from = Math.min(offset, all.size());
    return all.subList(from, (int) Math.min((long) from + limit, all.size()));
  }
}
