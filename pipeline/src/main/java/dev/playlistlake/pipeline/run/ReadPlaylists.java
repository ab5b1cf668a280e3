package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.publish.EvidenceOf;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.land.LandPlaylists;
import dev.playlistlake.io.spotify.land.LandedResponses;
import dev.playlistlake.io.spotify.parse.ParsePlaylists;
import dev.playlistlake.io.spotify.parse.ParsedPlaylists;
import dev.playlistlake.io.spotify.users.PseudonymizeUsers;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.transforms.CarryForward;
import dev.playlistlake.transforms.RejectInvalidEntries;
import dev.playlistlake.transforms.Snapshot;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;

/**
 * Reads the playlists of the list: fetches and stores what is not stored yet, parses what is
 * stored, and carries rows of the day before forward where today's responses leave them unchanged.
 * A replay fetches nothing and gives the same rows (decision 15).
 */
final class ReadPlaylists extends PTransform<PCollection<ListEntry>, TodaysPlaylists> {
  private final transient LakeJob job;
  private final transient Snapshot dayBefore;

  private ReadPlaylists(LakeJob job, Snapshot dayBefore) {
    this.job = job;
    this.dayBefore = dayBefore;
  }

  static ReadPlaylists of(LakeJob job, Snapshot dayBefore) {
    return new ReadPlaylists(job, dayBefore);
  }

  @Override
  public TodaysPlaylists expand(PCollection<ListEntry> entries) {
    LandedResponses landed = entries.apply("Land playlists", landing());
    ParsedPlaylists parsed =
        landed.landed().apply("Parse playlists", ParsePlaylists.since(job.facts().startedAt()));
    Snapshot carried = parsed.carries().apply("Carry forward", CarryForward.from(dayBefore)).rows();
    Snapshot today =
        PseudonymizeUsers.in(
            new Snapshot(parsed.playlists(), parsed.items()).and("Today", carried),
            job.spotify().users());
    PCollectionTuple outputs =
        PCollectionTuple.of(TodaysPlaylists.LIST, landed.list())
            .and(TodaysPlaylists.PLAYLISTS, today.playlists())
            .and(TodaysPlaylists.ITEMS, today.items())
            .and(
                TodaysPlaylists.INVALID,
                landed.list().apply("Reject invalid entries", RejectInvalidEntries.create()))
            .and(TodaysPlaylists.UNREADABLE, parsed.rejections())
            .and(TodaysPlaylists.REPORT, landed.report())
            .and(
                TodaysPlaylists.EVIDENCE,
                PCollectionList.of(parsed.tallies())
                    .and(landed.tallies())
                    .apply("All tallies", Flatten.pCollections())
                    .apply("Evidence: tallies of playlists", EvidenceOf.tallies()));
    return new TodaysPlaylists(parsed.sightings().addedTo(outputs));
  }

  private LandPlaylists landing() {
    LandPlaylists landing =
        LandPlaylists.of(
            job.spotify(),
            job.responses(),
            job.refreshPolicy(),
            job.mine(),
            job.dayBefore() == null ? null : RawDay.of(job.dayBefore()),
            dayBefore);
    return job.listsLikedSongs() ? landing.withLiked() : landing;
  }
}
