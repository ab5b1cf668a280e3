package dev.playlistlake.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A row of {@code rejected}; the columns are described in {@code rejected.avsc}. */
public record Rejection(
    Stage stage,
    SubjectType subjectType,
    @Nullable String playlistId,
    @Nullable String subjectId,
    @Nullable Integer position,
    Reason reason,
    String message) {

  /** A playlist that is missing or incomplete. */
  public static Rejection ofPlaylist(String playlistId, Reason reason) {
    boolean notAgreed = LikedSongs.isId(playlistId) && Reason.FORBIDDEN.equals(reason);
    return new Rejection(
        Stage.PLAYLISTS,
        SubjectType.PLAYLIST,
        playlistId,
        playlistId,
        null,
        reason,
        notAgreed ? "the user has not agreed to it: login --liked asks for that" : reason.words());
  }

  /**
   * Whether details missing for this reason are left for a later run: they share one rejected row
   * per subject type.
   */
  public static boolean leavesDetails(@Nullable Reason reason) {
    return Reason.BUDGET_SPENT.equals(reason) || Reason.QUOTA_EXCEEDED.equals(reason);
  }

  /**
   * The albums or artists whose details a run left for a later one: one row for all of them.
   *
   * @param kind album or artist
   * @param reason a spent budget or a used-up quota
   */
  public static Rejection ofDetailsLeft(SubjectType kind, Reason reason, int number) {
    String kinds = kind.name().toLowerCase(Locale.ROOT) + (number == 1 ? "" : "s");
    String why =
        Reason.BUDGET_SPENT.equals(reason)
            ? "--detailBudget or --requestBudget is spent"
            : reason.words();
    return new Rejection(
        Stage.DETAILS,
        kind,
        null,
        null,
        null,
        reason,
        "details of " + number + " " + kinds + " are left for a later run: " + why);
  }

  /** The table's key: rows with equal keys are one row. */
  public String key() {
    return stage + "|" + subjectType + "|" + playlistId + "|" + subjectId + "|" + position;
  }
}
