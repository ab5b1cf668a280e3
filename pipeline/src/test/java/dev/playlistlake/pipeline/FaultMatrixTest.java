package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import dev.playlistlake.io.sample.Faults;
import dev.playlistlake.io.sample.Faults.Kind;
import dev.playlistlake.io.sample.GeneratedCatalog;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever goes wrong on the way: the same rows, and no request more than went wrong. */
class FaultMatrixTest {
  /** Refusals make a run wait; all faults together have some of them in any case. */
  private static final boolean LONG = Boolean.getBoolean("playlistlake.long");

  private static final long SEED = 20_261_120;
  private static final GeneratedCatalog CATALOG =
      GeneratedCatalog.of(
          SEED, /* playlists= */ 40, /* itemsPerPlaylist= */ 230, /* distinctSongs= */ 900);

  /** Long enough for a busy machine: an answer given up is a request more. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration SILENCE = Duration.ofSeconds(5);

  @SuppressWarnings("NullAway.Init")
  private static Map<LakeTable, List<String>> undisturbed;

  private static int fewest;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @BeforeAll
  static void runUndisturbed(@TempDir Path calm) {
    try (SpotifyStandIn spotify = standIn()) {
      JobRun run = JobRun.against(spotify, calm, list());
      assertThat(run.err(), run.exitCode(), is(0));
      undisturbed = PurityIT.rows(run, false);
      fewest = spotify.apiRequests();
    }
  }

  static Stream<Arguments> matrix() {
    return Stream.concat(
        Stream.of(Kind.values())
            .filter(kind -> kind != Kind.TOO_MANY_REQUESTS || LONG)
            .map(kind -> Arguments.of(EnumSet.of(kind), 0.05)),
        Stream.of(Arguments.of(EnumSet.allOf(Kind.class), 0.02)));
  }

  @ParameterizedTest
  @MethodSource("matrix")
  void theSameRowsAndNoRequestMoreThanFaults(Set<Kind> kinds, double share) {
    try (SpotifyStandIn spotify = standIn()) {
      Faults faults = new Faults(kinds, share, SEED + kinds.iterator().next().ordinal(), SILENCE);
      spotify.disturb(faults);
      long began = System.nanoTime();
      JobRun run = run(spotify, folder);
      double seconds = (System.nanoTime() - began) / 1e9;
      assertThat(run.err(), run.exitCode(), is(0));
      // Where a token expires, all who hold it meet a 401.
      long refused = spotify.requests().stream().filter(request -> request.status() == 401).count();
      int met = faults.injected() + (int) refused;
      System.out.printf(
          "| %s | %.0f %% | %d | %d | %d | %.1f s |%n",
          kinds.size() == 1 ? kinds.iterator().next() : "all",
          share * 100,
          fewest,
          met,
          spotify.apiRequests(),
          seconds);
      assertThat(met, greaterThan(2));
      assertThat(spotify.apiRequests(), lessThanOrEqualTo(fewest + met));
      assertThat(run.row().get("requests").asInt(), is(spotify.apiRequests()));
      assertThat(PurityIT.rows(run, false), equalTo(undisturbed));
    }
  }

  private static SpotifyStandIn standIn() {
    return SpotifyStandIn.start(CATALOG, StandInOptions.defaults());
  }

  private static JobRun run(SpotifyStandIn spotify, Path folder) {
    return JobRun.impatient(PATIENCE, spotify, folder, list());
  }

  private static String list() {
    return "--playlists=" + String.join(",", CATALOG.playlistIds());
  }
}
