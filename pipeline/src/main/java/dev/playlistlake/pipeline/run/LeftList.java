package dev.playlistlake.pipeline.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.pipeline.job.RunConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The playlists that left the list since the day before. From the run's row alone, so that {@code
 * status} says the same.
 */
public final class LeftList {
  private LeftList() {}

  /** How many, and the first of them, as a sentence; empty if none left. */
  public static Optional<String> words(RunRow run) {
    JsonNode left = RunConfig.of(run).path(RunConfig.LEFT);
    int number = left.path("count").asInt(0);
    if (number == 0) {
      return Optional.empty();
    }
    List<String> first = new ArrayList<>();
    for (JsonNode playlist : left.path("first")) {
      String id = playlist.path("playlist_id").asText();
      String name = playlist.path("name").asText("");
      first.add(name.isEmpty() ? id : name + " (" + id + ")");
    }
    String words =
        String.format(
            Locale.ROOT,
            "%,d playlist%s left the list since %s: %s%s",
            number,
            number == 1 ? "" : "s",
            left.path("since").asText("the day before"),
            String.join(", ", first),
            number > first.size() ? ", ..." : "");
    return Optional.of(ForeignText.oneLine(words));
  }
}
