package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.AuditEvidence;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.fetch.LiveNumbers;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.pipeline.job.LakeJob;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The job of a run against a stand-in, for tests of parts of the graph. */
final class StandInJob {
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");

  private StandInJob() {}

  /** A job that reads playlists, and details in batches. */
  static LakeJob of(SpotifyStandIn spotify, Path lake, String... playlistIds) {
    LakeLayout layout = new LakeLayout(lake.toString(), DAY.toString(), "20261120T060000Z-0001");
    List<ListEntry> entries = new ArrayList<>();
    for (String id : playlistIds) {
      entries.add(new ListEntry(entries.size(), id, id));
    }
    Duration timeout = Duration.ofSeconds(10);
    return new LakeJob(
        entries,
        LibraryScope.ALL,
        new SpotifySettings(
            new HttpSettings(spotify.url(), spotify.url(), 4, timeout, timeout),
            CredentialsRef.sample(),
            null,
            timeout,
            timeout,
            Duration.ofMillis(100),
            false,
            UserIdPolicy.keep(),
            LiveNumbers.nowhere(),
            Clock.systemUTC()),
        RawDay.of(layout),
        new Enrichment(true, true, false),
        new RefreshPolicy(DAY, 7, Instant.EPOCH),
        null,
        new RunFacts(layout, 1, Instant.EPOCH, "DirectRunner", "1", false, "{}"),
        0,
        Set.of());
  }

  /** What evidence counts, by name. */
  static Map<String, Long> tallies(Iterable<AuditEvidence> evidence) {
    Map<String, Long> sums = new TreeMap<>();
    for (AuditEvidence one : evidence) {
      if (one.kind() == AuditEvidence.Kind.TALLY) {
        sums.merge(one.text(), one.number(), Long::sum);
      }
    }
    return sums;
  }
}
