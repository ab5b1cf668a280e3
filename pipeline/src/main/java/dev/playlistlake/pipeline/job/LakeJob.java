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
 * A run as it is to be: checked, complete, without a flag in sight.
 *
 * @param entries the list, entries without an id too
 * @param mine which playlists of the user's library are meant
 * @param spotify how to ask
 * @param answers where the day's answers are stored, or replayed from
 * @param enrichment whose details to ask for
 * @param freshness which earlier values and stored answers of the day will do
 * @param dayBefore the newest published day before, as the run that counts there; null if none
 * @param facts what the run row says of the run before it begins
 * @param maxRejected playlists that may be rejected before the exit code is 3
 * @param okExitCodes exit codes to turn into 0
 */
public record LakeJob(
    List<ListEntry> entries,
    LibraryScope mine,
    SpotifySettings spotify,
    RawDay answers,
    Enrichment enrichment,
    RefreshPolicy freshness,
    @Nullable LakeLayout dayBefore,
    RunFacts facts,
    int maxRejected,
    Set<Integer> okExitCodes) {
  public LakeJob {
    entries = List.copyOf(entries);
    okExitCodes = Set.copyOf(okExitCodes);
  }

  /** Whether somebody's Liked Songs are in the list. */
  public boolean listsLikedSongs() {
    return entries.stream().anyMatch(LakeJob::isLiked);
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
