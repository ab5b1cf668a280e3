package dev.playlistlake.io.sample;

/** Hashes of numbers and texts, for repeatable ids and names that look random. */
final class Hashing {

  private Hashing() {}

  /** The finalizer of SplitMix64: each input bit flips about half of the output bits. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  static long mix(long a, long b) {
    return mix(mix(a) ^ b);
  }

  static long mix(long a, long b, long c) {
    return mix(mix(a, b) ^ c);
  }

  /** FNV-1a over chars, mixed. */
  static long of(String text) {
    long hash = 0xCBF29CE484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
    }
    return mix(hash);
  }

  /** A number from 0 to bound - 1. */
  static int below(int bound, long hash) {
    return (int) Long.remainderUnsigned(hash, bound);
  }
}
