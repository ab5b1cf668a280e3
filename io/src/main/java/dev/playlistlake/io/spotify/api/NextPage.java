package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A page's field {@code next}. Only its offset counts: requests never go to the host that it names,
 * and ask for as many entries as are missing.
 *
 * @param offset how many entries are before the next page; null if there is none
 */
public record NextPage(@Nullable Integer offset) {
  private static final NextPage NONE = new NextPage(null);
  private static final Pattern OFFSET = Pattern.compile("[?&]offset=(\\d{1,8})(?:&|$)");

  /** The field of a page; null if it is missing, or is no link to a page. */
  public static @Nullable NextPage of(JsonNode page) {
    JsonNode next = page.get("next");
    if (next == null || !(next.isNull() || next.isTextual())) {
      return null;
    } else if (next.isNull()) {
      return NONE;
    }
    Matcher offset = OFFSET.matcher(next.textValue());
    return offset.find() ? new NextPage(Integer.valueOf(offset.group(1))) : null;
  }
}
