package dev.playlistlake.model;

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

  /** The table's key: rows with equal keys are one row. */
  public String key() {
    return stage + "|" + subjectType + "|" + playlistId + "|" + subjectId + "|" + position;
  }
}
