package dev.playlistlake.io.spotify.users;

import dev.playlistlake.io.spotify.api.UserLinks;
import dev.playlistlake.model.LikedSongs;
import dev.playlistlake.model.ListEntry;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Ids of users as a lake shows them (decision 22). Thread-safe. */
public final class UserPseudonyms {
  private static final String HASH = "sha256:";
  private static final int DIGITS = 32;
  private static final Pattern HASHED = Pattern.compile(HASH + "[0-9a-f]{" + DIGITS + "}");
  private static final String HMAC = "HmacSHA256";

  private final UserIdMode addedBy;
  private final @Nullable SecretKeySpec salt;

  /**
   * Ids under one mode.
   *
   * @param salt of the lake; null if nothing is hashed
   */
  UserPseudonyms(UserIdMode addedBy, byte @Nullable [] salt) {
    this(addedBy, salt == null ? null : new SecretKeySpec(salt, HMAC));
  }

  private UserPseudonyms(UserIdMode addedBy, @Nullable SecretKeySpec salt) {
    this.addedBy = addedBy;
    this.salt = salt;
  }

  /** Whether ids are shown as Spotify returns them. */
  public boolean areKept() {
    return addedBy == UserIdMode.KEEP;
  }

  /** The replacement for an id; null if it is dropped. Hashed ids stay as they are. */
  public @Nullable String shown(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return id;
    }
    return switch (addedBy) {
      case KEEP -> id;
      case HASH -> hashed(id);
      case DROP -> null;
    };
  }

  /**
   * The hash of an id in this lake, for objects that need a name even if ids are dropped.
   *
   * @throws IllegalStateException if there is no salt
   */
  public String hashed(String id) {
    if (HASHED.matcher(id).matches()) {
      return id;
    }
    if (salt == null) {
      throw new IllegalStateException("nothing is hashed without the lake's salt");
    }
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(salt);
      byte[] digest = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
      return HASH + HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + HMAC, e);
    }
  }

  /** The same, but hashes ids instead of dropping them. */
  UserPseudonyms hashingAtLeast() {
    return addedBy == UserIdMode.DROP && salt != null
        ? new UserPseudonyms(UserIdMode.HASH, salt)
        : this;
  }

  /** The id of a playlist; for Liked Songs it contains a user's id. */
  public String shownPlaylist(String playlistId) {
    return areKept() || !LikedSongs.isId(playlistId)
        ? playlistId
        : LikedSongs.id(hashed(LikedSongs.userId(playlistId)));
  }

  /** A list whose playlists are shown so; words and invalid entries stay as they are. */
  public List<ListEntry> shownList(List<ListEntry> list) {
    return list.stream()
        .map(
            entry -> {
              String id = entry.playlistId();
              return id == null ? entry : entry.withPlaylistId(shownPlaylist(id));
            })
        .toList();
  }

  /** The replacement for a display name: on old accounts it is the id, or contains it. */
  public @Nullable String shownName(@Nullable String name, @Nullable String id) {
    boolean tells =
        !areKept()
            && name != null
            && id != null
            && !id.isEmpty()
            && lowerCase(name).contains(lowerCase(id));
    return tells ? null : name;
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** The replacement for a link: the same without a user; null if it leads to a user. */
  public @Nullable String shownLink(@Nullable String link) {
    return areKept() || link == null ? link : UserLinks.without(link);
  }
}
