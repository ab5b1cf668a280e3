package dev.playlistlake.model.run;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fingerprints of the beginnings of a playlist: of its first item's URI, its first two, and so on.
 * Shows whether a first page of whatever length repeats what a day before holds.
 */
public final class UriPrefixes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** As many as a first response may hold. */
  public static final int MOST = 100;

  /** Before the first item. */
  public static final long START = 1;

  private final long[] prints;

  private UriPrefixes(long[] prints) {
    this.prints = prints;
  }

  /** Of the items' URIs, in their order; null stands for an item without one. */
  public static UriPrefixes of(Iterable<? extends @Nullable String> uris) {
    long[] prints = new long[MOST];
    int count = 0;
    long print = START;
    for (String uri : uris) {
      if (count == MOST) {
        break;
      }
      print = add(print, uri);
      prints[count++] = print;
    }
    return new UriPrefixes(Arrays.copyOf(prints, count));
  }

  /** The fingerprint of a sequence with one more item. */
  public static long add(long print, @Nullable String uri) {
    long hash = uri == null ? 0 : 7;
    for (int i = 0; uri != null && i < uri.length(); i++) {
      hash = hash * 0x100000001B3L + uri.charAt(i);
    }
    return print * 0x9E3779B97F4A7C15L + hash;
  }

  /** Whether a playlist with these beginnings begins with such a sequence. */
  public boolean startWith(int count, long print) {
    int compared = Math.min(count, prints.length);
    // A longer page than was kept cannot be compared: what is kept of it says nothing against.
    return count > prints.length
        ? prints.length == MOST
        : compared == 0 || prints[compared - 1] == print;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof UriPrefixes prefixes && Arrays.equals(prints, prefixes.prints);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(prints);
  }
}
