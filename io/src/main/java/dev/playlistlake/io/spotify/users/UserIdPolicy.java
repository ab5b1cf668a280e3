package dev.playlistlake.io.spotify.users;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.LakeSalt;
import dev.playlistlake.io.spotify.api.UserLinks;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.ListEntry;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run shows users, in the form sent to the workers (decision 22). The salt is not sent:
 * workers read it from the lake.
 *
 * @param addedBy how user ids are treated
 * @param salt the path of the lake's salt; null if nothing is hashed
 */
public record UserIdPolicy(UserIdMode addedBy, @Nullable String salt) implements Serializable {
  /**
   * The policy of a run.
   *
   * @param entries the list: with a user's library or Liked Songs in it, the hash of a user names
   *     objects even if ids are dropped
   */
  public static UserIdPolicy of(UserIdMode addedBy, List<ListEntry> entries, LakeLayout layout) {
    boolean ofUser = entries.stream().anyMatch(UserIdPolicy::isOfUser);
    boolean hashes = addedBy == UserIdMode.HASH || (addedBy == UserIdMode.DROP && ofUser);
    return new UserIdPolicy(addedBy, hashes ? layout.salt() : null);
  }

  private static boolean isOfUser(ListEntry entry) {
    String id = entry.playlistId();
    return entry.isWord() || (id != null && LikedSongs.isId(id));
  }

  /** Everything as Spotify returns it. */
  public static UserIdPolicy keep() {
    return new UserIdPolicy(UserIdMode.KEEP, null);
  }

  /**
   * Creates the lake's salt if it is needed and missing, and then returns a notice, so that the
   * loss of a salt is noticed.
   *
   * @throws dev.playlistlake.io.lake.LakeException if the salt cannot be read or written
   */
  public Optional<String> makeSalt() {
    return salt != null && LakeSalt.makeIfAbsent(salt)
        ? Optional.of(
            "--addedBy: made the salt of this lake's hashes, "
                + salt
                + "; keep it with the lake, and away from those who must not know the users.")
        : Optional.empty();
  }

  /** Whether the salt exists, if one is needed. */
  public boolean isReady() {
    return salt == null || LakeSalt.isThere(salt);
  }

  /**
   * The ids under this policy; reads the salt.
   *
   * @throws dev.playlistlake.io.lake.LakeException if the salt cannot be read
   */
  public UserPseudonyms open() {
    return new UserPseudonyms(addedBy, salt == null ? null : LakeSalt.read(salt));
  }

  /** An entry of the list as it is stored: entries in an old form contain the playlist's owner. */
  public ListEntry shown(ListEntry entry) {
    if (addedBy == UserIdMode.KEEP || isOfUser(entry)) {
      return entry;
    }
    String id = entry.playlistId();
    return entry.withGiven(
        id == null
            ? Objects.requireNonNullElse(UserLinks.without(entry.given()), ForeignText.NOT_SHOWN)
            : id);
  }
}
