package dev.playlistlake.pipeline.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.io.lake.RunFiles;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistCodec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The playlists that the day before has and today's list does not. A list that was read to its end
 * is the user's word, so they are said and not audited; what leaves the library is (decision 24).
 */
final class LeftPlaylists {
  private static final int MOST_NAMED = 10;

  private LeftPlaylists() {}

  /**
   * Their number and the first of them, by name; null for a list that only Spotify can resolve.
   *
   * @throws dev.playlistlake.io.lake.LakeException if the day before cannot be read
   */
  static @Nullable ObjectNode since(LakeLayout dayBefore, List<ListEntry> list) {
    if (list.stream().anyMatch(ListEntry::isWord)) {
      return null;
    }
    Set<String> listed =
        list.stream().map(entry -> String.valueOf(entry.playlistId())).collect(Collectors.toSet());
    List<Playlist> left = new ArrayList<>();
    for (String path : RunFiles.present(dayBefore, LakeTable.PLAYLIST, dayBefore.runId())) {
      ParquetFiles.forEach(
          new PlaylistCodec(),
          path,
          playlist -> {
            if (!listed.contains(playlist.playlistId())) {
              left.add(playlist);
            }
          });
    }
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("since", dayBefore.ingestDate());
    json.put("count", left.size());
    ArrayNode first = json.putArray("first");
    left.stream()
        .sorted(Comparator.comparing(LeftPlaylists::name).thenComparing(Playlist::playlistId))
        .limit(MOST_NAMED)
        .forEach(
            playlist ->
                first
                    .addObject()
                    .put("playlist_id", playlist.playlistId())
                    .put("name", playlist.name()));
    return json;
  }

  private static String name(Playlist playlist) {
    return String.valueOf(playlist.name());
  }
}
