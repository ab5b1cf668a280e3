package dev.playlistlake.transforms.check;

import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.IntegrityClaim;
import dev.playlistlake.schema.ClaimFormat;
import dev.playlistlake.transforms.Batches;
import dev.playlistlake.transforms.Buckets;
import dev.playlistlake.transforms.PackBatches;
import dev.playlistlake.transforms.catalog.Catalog;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.FlatMapElements;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Checks the rows that are about to be published against the invariants: I1 keys are unique, I2
 * everything that a row names has a row, I3 positions of complete playlists are 0..item_count-1, I4
 * each listed playlist has a row, a rejected row, or both.
 *
 * <p>In: the tables; beside them the list. Out: one sentence per violation, none on a good day.
 * Each row becomes claims about keys, which are compared key by key (decision 10) in buckets of
 * bytes (decision 9).
 */
public final class CheckIntegrity extends PTransform<DayTables, PCollection<String>> {
  private final transient PCollection<ListEntry> list;

  private CheckIntegrity(PCollection<ListEntry> list) {
    this.list = list;
  }

  /**
   * Checks tables.
   *
   * @param list what the run was to read, without the words {@code me} and {@code liked}
   */
  public static CheckIntegrity against(PCollection<ListEntry> list) {
    return new CheckIntegrity(list);
  }

  @Override
  public PCollection<String> expand(DayTables tables) {
    Catalog catalog = tables.catalog();
    return PCollectionList.of(claims("the list", list, ClaimRows.ofList()))
        .and(claims("playlists", tables.snapshot().playlists(), ClaimRows.ofPlaylists()))
        .and(claims("items", tables.snapshot().items(), ClaimRows.ofItems()))
        .and(claims("songs", catalog.songs(), ClaimRows.ofSongs()))
        .and(claims("albums", catalog.albums(), ClaimRows.ofAlbums()))
        .and(claims("artists", catalog.artists(), ClaimRows.ofArtists()))
        .and(claims("rejections", tables.rejections(), ClaimRows.ofRejections()))
        .apply("All claims", Flatten.pCollections())
        .apply("Bring claims together", GroupByKey.create())
        .apply("Compare claims", ParDo.of(new CompareFn()));
  }

  private static <T> PCollection<KV<Integer, byte[]>> claims(
      String what, PCollection<T> rows, FlatMapElements<T, IntegrityClaim> ofRows) {
    return rows.apply("Claims of " + what, ofRows)
        .apply(
            "Claims of " + what + ", spread",
            PackBatches.by(claim -> Buckets.of(claim.key(), Buckets.GROUPS), new ClaimFormat()));
  }

  /** The violations among all claims about the keys they name. */
  static List<String> violations(Iterable<IntegrityClaim> claims) {
    Map<String, Facts> facts = new HashMap<>();
    claims.forEach(claim -> add(facts, claim));
    return violations(facts);
  }

  private static void add(Map<String, Facts> facts, IntegrityClaim claim) {
    facts.computeIfAbsent(subject(claim), key -> new Facts()).add(claim);
  }

  private static List<String> violations(Map<String, Facts> facts) {
    List<String> violations = new ArrayList<>();
    facts.forEach((subject, about) -> about.check(subject, violations));
    Collections.sort(violations);
    return violations;
  }

  private static String subject(IntegrityClaim claim) {
    return switch (claim.kind()) {
          case SONG_ROW, SONG_NAMED -> "song ";
          case ALBUM_ROW, ALBUM_NAMED -> "album ";
          case ARTIST_ROW, ARTIST_NAMED -> "artist ";
          case PLAYLIST_ROW, PLAYLIST_WHOLE, PLAYLIST_ITEM, PLAYLIST_LISTED, PLAYLIST_REJECTED ->
              "playlist ";
          case REJECTED_ROW -> "rejected row ";
        }
        + claim.key();
  }

  private static final class CompareFn extends DoFn<KV<Integer, Iterable<byte[]>>, String> {
    @ProcessElement
    public void process(@Element KV<Integer, Iterable<byte[]>> bucket, OutputReceiver<String> out) {
      Map<String, Facts> facts = new HashMap<>();
      Batches.forEach(bucket.getValue(), new ClaimFormat(), claim -> add(facts, claim));
      violations(facts).forEach(out::output);
    }
  }

  /** All that is claimed about one subject. */
  private static final class Facts {
    private int rows;
    private boolean named;
    private boolean listed;
    private boolean rejected;
    private long whole = -1;
    private long itemCount = -1;
    private final BitSet positions = new BitSet();
    private long items;

    void add(IntegrityClaim claim) {
      switch (claim.kind()) {
        case SONG_ROW, ALBUM_ROW, ARTIST_ROW, REJECTED_ROW -> rows++;
        case PLAYLIST_ROW -> {
          rows++;
          itemCount = claim.number();
        }
        case SONG_NAMED, ALBUM_NAMED, ARTIST_NAMED -> named = true;
        case PLAYLIST_WHOLE -> whole = claim.number();
        case PLAYLIST_ITEM -> {
          named = true;
          items++;
          positions.set(Math.toIntExact(claim.number()));
        }
        case PLAYLIST_LISTED -> listed = true;
        case PLAYLIST_REJECTED -> rejected = true;
      }
    }

    void check(String subject, List<String> violations) {
      if (rows > 1) {
        violations.add("I1: " + subject + " has " + rows + " rows");
      }
      if (items != positions.cardinality()) {
        violations.add("I1: " + subject + " has two items at one position");
      }
      if (named && rows == 0) {
        violations.add("I2: " + subject + " is named, but has no row");
      }
      if (whole >= 0 && (positions.length() != whole || positions.cardinality() != whole)) {
        violations.add(
            "I3: " + subject + " says " + whole + " items, but holds " + positions.cardinality());
      }
      if (itemCount >= 0 && itemCount != items) {
        violations.add("I3: " + subject + " counts " + itemCount + " items of " + items);
      }
      if (listed && rows == 0 && !rejected) {
        violations.add("I4: " + subject + " is listed, but has no row and no rejected row");
      }
    }
  }
}
