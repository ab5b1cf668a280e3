package dev.playlistlake.io.spotify.api;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The 403s whose text says why. The text comes as {@code error.message} of a JSON body or as plain
 * text; one that this table lacks is an ordinary FORBIDDEN.
 */
public enum KnownRefusal {
  /** Since 2026 an app in development mode works only while its owner pays for Premium. */
  PREMIUM_REQUIRED(
      List.of("premium subscription required"),
      "Active premium subscription required for the owner of the app.",
      "the owner of the app has no active Premium. Subscribe with the account that owns the app on"
          + " developer.spotify.com; Spotify may take a few hours to notice"),
  USER_NOT_REGISTERED(
      List.of("user not registered", "user may not be registered", "user is not registered"),
      "User not registered in the Developer Dashboard",
      "the signed-in user is not registered with the app. Add the user's name and e-mail address on"
          + " the app's page on developer.spotify.com, under User Management"),
  INSUFFICIENT_SCOPE(
      List.of("insufficient client scope"),
      "Insufficient client scope",
      "the user has not granted a permission that the list needs. Run login again, with --liked if"
          + " Liked Songs are read");

  /** Far longer than any of them. */
  private static final int MAX_LENGTH = 4000;

  // List.of gives lists that nobody can change.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> signs;

  private final String text;
  private final String advice;

  KnownRefusal(List<String> signs, String text, String advice) {
    this.signs = signs;
    this.text = text;
    this.advice = advice;
  }

  /** The refusal that a response states; empty unless it is a 403 with a known text. */
  public static Optional<KnownRefusal> of(@Nullable Integer status, @Nullable String body) {
    return status != null && status == 403 && body != null ? in(body) : Optional.empty();
  }

  /** The refusal that a text states, whatever the status. */
  public static Optional<KnownRefusal> in(String body) {
    if (body.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String lower = body.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(refusal -> refusal.signs.stream().anyMatch(lower::contains))
        .findFirst();
  }

  /** The refusal of a code; empty if the code is another one's. */
  public static Optional<KnownRefusal> ofCode(String code) {
    return Arrays.stream(values()).filter(refusal -> refusal.code().equals(code)).findFirst();
  }

  /** The code for {@code run.stopped_by}, in lower case like those of the accounts service. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Spotify's own words, without anything that an actual response may add. */
  public String text() {
    return text;
  }

  /** The cause, and what to do about it; no full stop. */
  public String advice() {
    return advice;
  }
}
