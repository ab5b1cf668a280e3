package dev.playlistlake.pipeline.job;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.ListEntry;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run's complete, validated settings, independent of flags.
 *
 * @param entries the list, including entries without an id
 * @param mine which playlists of the user's library to include
 * @param spotify how to send requests
 * @param responses where the day's responses are stored, or replayed from
 * @param enrichment whose details to fetch
 * @param refreshPolicy which earlier values and stored responses of the day are fresh enough
 * @param dayBefore the published run of the newest day before; null if none
 * @param facts what the run's row records before the run begins
 * @param maxRejected most rejected playlists for an exit code other than 3
 * @param okExitCodes exit codes to turn into 0
 */
public record LakeJob(
    List<ListEntry> entries,
    LibraryScope mine,
    SpotifySettings spotify,
    RawDay responses,
    Enrichment enrichment,
    RefreshPolicy refreshPolicy,
    @Nullable LakeLayout dayBefore,
    RunFacts facts,
    int maxRejected,
    Set<Integer> okExitCodes) {
  public LakeJob {
    entries = List.copyOf(entries);
    okExitCodes = Set.copyOf(okExitCodes);
  }

  /** Whether the list contains Liked Songs. */
  public boolean listsLikedSongs() {
    return entries.stream().anyMatch(LakeJob::isLiked);
  }

  /** Whether the list contains something of a user's library: {@code me} or {@code liked}. */
  public boolean listsLibrary() {
    return entries.stream().anyMatch(ListEntry::isWord);
  }

  private static boolean isLiked(ListEntry entry) {
    return entry.playlistId() == null
        ? entry.isWord() && entry.given().equals(ListEntry.LIKED)
        : LikedSongs.isId(entry.playlistId());
  }

  public LakeLayout layout() {
    return facts.layout();
  }
}
