package dev.playlistlake.io.spotify.stored;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.io.spotify.reading.PlaylistVerdict;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.PreviousPlaylist;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stored responses of playlists: the names of their objects, and which playlists each covers. */
public final class StoredPlaylists {
  private StoredPlaylists() {}

  /** The object that stands for everything that a run had to leave unrequested. */
  public static String unasked(RawDay day) {
    return day.runId() + "-unasked";
  }

  /** The object of a failed refetch, beside the better one. */
  public static String aside(RawDay day, String playlistId) {
    return day.runId() + "-" + playlistId;
  }

  /** What failed beside a better response: a gap, unless that response has one of its own. */
  public static StoredResponseRef landedAside(
      String path, String playlistId, RawObject better, @Nullable PreviousPlaylist before) {
    PlaylistVerdict verdict =
        PlaylistVerdict.of(PlaylistFetch.replayingWithoutSlots(playlistId, better), before);
    return verdict.reason() == null
        ? new StoredResponseRef(
            SubjectType.PLAYLIST, path, List.of(), List.of(playlistId), Map.of())
        : StoredResponseRef.forTheCount(SubjectType.PLAYLIST, path);
  }

  /** An object that covers these playlists, rows and gaps alike. */
  public static StoredResponseRef landed(
      String path, List<String> playlistIds, Map<String, PreviousPlaylist> before) {
    Map<String, PreviousPlaylist> ofThese = new LinkedHashMap<>();
    for (String playlistId : playlistIds) {
      PreviousPlaylist known = before.get(playlistId);
      if (known != null) {
        ofThese.put(playlistId, known);
      }
    }
    return new StoredResponseRef(SubjectType.PLAYLIST, path, playlistIds, List.of(), ofThese);
  }
}
