package dev.playlistlake.io.spotify.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Proof that whoever turns in a code is the one who asked for it (RFC 7636): the challenge goes
 * with the question, the verifier, which nobody has seen before, with the code.
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

  /** As many random bytes, as text that fits into an address. */
  static String randomText(int length) {
    byte[] bytes = new byte[length];
    new SecureRandom().nextBytes(bytes);
    return text(bytes);
  }

  String verifier() {
    return verifier;
  }

  /** By the method S256. */
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
