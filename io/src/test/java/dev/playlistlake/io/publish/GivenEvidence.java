package dev.playlistlake.io.publish;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Evidence that a test expects: subtotals of one name are added up, everything else is there once.
 */
final class GivenEvidence implements SerializableFunction<Iterable<AuditEvidence>, Void> {
  private final ArrayList<String> expected;

  private GivenEvidence(List<String> expected) {
    this.expected = new ArrayList<>(expected);
  }

  /**
   * Expects exactly this of a composite.
   *
   * @param expected {@code KIND text number}, in alphabetical order
   */
  static void expect(PCollectionList<AuditEvidence> evidence, String... expected) {
    PAssert.that(evidence.apply("all evidence", Flatten.pCollections()))
        .satisfies(new GivenEvidence(List.of(expected)));
  }

  @Override
  @SuppressWarnings("NullAway") // a function without a value
  public Void apply(Iterable<AuditEvidence> evidence) {
    Map<String, Long> sums = new TreeMap<>();
    evidence.forEach(one -> sums.merge(one.kind() + " " + one.text(), one.number(), Long::sum));
    List<String> found = new ArrayList<>();
    sums.forEach((what, number) -> found.add(what + " " + number));
    assertThat(found, equalTo(expected));
    return null;
  }
}
