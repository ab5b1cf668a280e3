package dev.playlistlake.io.spotify.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Proves that the client that exchanges a code is the one that requested it (RFC 7636): the
 * challenge goes with the authorization request, the verifier, secret until then, with the code.
 */
final class Pkce {
  private static final int BYTES = 64;

  private final String verifier;

  Pkce(String verifier) {
    this.verifier = verifier;
  }

  static Pkce random() {
    return new Pkce(randomText(BYTES));
  }

  /** That many random bytes, as URL-safe text. */
  static String randomText(int count) {
    byte[] bytes = new byte[count];
    new SecureRandom().nextBytes(bytes);
    return text(bytes);
  }

  String verifier() {
    return verifier;
  }

  /** The verifier's challenge by method S256. */
  String challenge() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return text(sha256.digest(verifier.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Pkce(not shown)";
  }
}
