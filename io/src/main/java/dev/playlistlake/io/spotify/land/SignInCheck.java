package dev.playlistlake.io.spotify.land;

import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.stored.DayNeedsFetching;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.model.ListEntry;
import java.util.List;
import java.util.Optional;

/** Finds credentials that are missing before a graph is built, where this process fetches. */
public final class SignInCheck {
  private SignInCheck() {}

  /**
   * The code of the refusal that a run is certain to meet; empty if it may succeed.
   *
   * @param day where the day's responses are stored; never a replay
   */
  public static Optional<String> refusal(
      List<ListEntry> entries,
      LibraryScope mine,
      RawDay day,
      RefreshPolicy refreshPolicy,
      SpotifySettings settings) {
    Long budget = settings.requestBudget();
    if (budget != null && budget <= 0) {
      return Optional.empty();
    }
    boolean needsUser = entries.stream().anyMatch(ListEntry::isWord);
    return settings
        .credentials()
        .missing(needsUser)
        .filter(
            code ->
                DayNeedsFetching.isCertain(
                    settings.users().open().shownList(entries), mine, day, refreshPolicy));
  }
}
