package dev.playlistlake.pipeline.run;

import com.fasterxml.jackson.databind.JsonNode;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.pipeline.job.RunConfig;
import java.util.Arrays;
import java.util.Optional;

/**
 * A published day that got nothing from Spotify: however many rejections are allowed, it is not a
 * success. Judged by the run's row alone, so that {@code status} judges alike.
 */
final class EmptyDay {
  private EmptyDay() {}

  /** Why the day has nothing, and what to do, as a sentence; empty if it has something. */
  static Optional<String> words(RunRow run) {
    JsonNode config = RunConfig.of(run);
    int listed = run.playlistsListed();
    int invalid = config.path(RunConfig.INVALID_ENTRIES).asInt(0);
    int readable = run.playlistsRead() + run.playlistsUnchanged() + run.playlistsIncomplete();
    if (invalid > listed) {
      return Optional.of(
          "The list has more entries that are not playlists ("
              + invalid
              + ") than playlists ("
              + listed
              + "): is it the right file, with ids, URIs or URLs of playlists?");
    } else if (listed == 0) {
      return Optional.of(emptyLibrary(run, config));
    } else if (readable == 0) {
      return Optional.of(nothingReadable(run));
    } else if (listed == 1 && run.playlistItemRows() == 0 && hasWord(config, ListEntry.LIKED)) {
      return Optional.of(
          "There is nothing to read: the signed-in user has no "
              + (hasWord(config, ListEntry.ME) ? "playlists and no " : "")
              + "Liked Songs. If that is not so, run login as the right user, with --liked.");
    }
    return Optional.empty();
  }

  private static String emptyLibrary(RunRow run, JsonNode config) {
    if (run.playlistsRejected() > 0 || run.rejectedRows() > 0) {
      return "Nothing could be read: Spotify did not return the user's library. The lines above say"
          + " why.";
    }
    return "There is nothing to read: the signed-in user has no playlists"
        + ("owned".equals(config.path("mine").asText())
            ? " of their own (--mine=all takes those that they follow, too)"
            : "")
        + ". If that is not so, run login as the right user.";
  }

  private static String nothingReadable(RunRow run) {
    if (run.playlistsMetadataOnly() * 2 >= run.playlistsListed()) {
      return "Not one playlist could be read: this app sees other people's playlists without their"
          + " songs. Sign in as their owner with login (--playlists=me reads all of your own), or use"
          + " an app with extended quota.";
    }
    return "Not one of the list's playlists could be read today. The rejected rows say why; what"
        + " earlier days hold is kept.";
  }

  private static boolean hasWord(JsonNode config, String word) {
    String words = config.path(RunConfig.LIST_WORDS).asText("");
    return Arrays.asList(words.split(",")).contains(word);
  }
}
