package dev.playlistlake.io.sample;

/**
 * Ids in Spotify's form, 22 base-62 characters, for one kind of object. An id made from a number
 * can be turned back into it, so that a generated catalog needs no table of ids.
 */
final class Ids {

  private static final String DIGITS =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final int HALF = 11;
  private static final long ODD = 0xD1342543DE82EF95L;
  private static final long ODD_INVERSE = inverse(ODD);

  private final long salt;
  private final int count;

  /** Ids for the numbers 0 to count - 1. */
  Ids(long salt, int count) {
    this.salt = salt;
    this.count = count;
  }

  /** The id of a named object. */
  static String named(String kind, String name) {
    long hash = Hashing.of(kind + ':' + name);
    return half(hash) + half(Hashing.mix(hash));
  }

  String id(int number) {
    long value = (number * ODD) ^ salt;
    return half(value) + half(Hashing.mix(value));
  }

  /** The number behind an id; -1 if there is none. */
  int number(String id) {
    if (id.length() != 2 * HALF) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < HALF; i++) {
      value = value * DIGITS.length() + DIGITS.indexOf(id.charAt(i));
    }
    long number = (value ^ salt) * ODD_INVERSE;
    return number >= 0 && number < count && id((int) number).equals(id) ? (int) number : -1;
  }

  private static String half(long value) {
    char[] digits = new char[HALF];
    long rest = value;
    for (int i = HALF - 1; i >= 0; i--) {
      digits[i] = DIGITS.charAt((int) Long.remainderUnsigned(rest, DIGITS.length()));
      rest = Long.divideUnsigned(rest, DIGITS.length());
    }
    return new String(digits);
  }

  /** The inverse modulo 2^64; each step of Newton's method doubles the correct bits. */
  private static long inverse(long odd) {
    long inverse = odd;
    for (int step = 0; step < 5; step++) {
      inverse *= 2 - odd * inverse;
    }
    return inverse;
  }
}
