package dev.playlistlake.io.spotify;

import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RawObject;
import dev.playlistlake.io.lake.RawOutcome;
import dev.playlistlake.io.lake.RawStore;
import dev.playlistlake.model.AskingReport;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.SubjectType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Gets the day's answers for playlists into the store, asking for those that are not there yet. */
final class PlaylistLanding {
  private final SpotifySource source;
  private final RawStore store;
  private final LakeLayout layout;
  private final Freshness freshness;

  PlaylistLanding(SpotifySource source, LakeLayout layout, Freshness freshness) {
    this.source = source;
    this.layout = layout;
    this.store = new RawStore(layout, "playlist");
    this.freshness = freshness;
  }

  /** All stored objects of the playlists given, in no order; none where Spotify lets nobody in. */
  Result land(List<String> playlistIds) throws InterruptedException {
    List<Landed> landed = Collections.synchronizedList(new ArrayList<>());
    List<PlaylistReading> toAsk = new ArrayList<>();
    Set<String> stored = store.names();
    for (String playlistId : playlistIds) {
      if (stored.contains(playlistId) && isFinal(playlistId)) {
        landed.add(landed(playlistId));
      } else {
        toAsk.add(PlaylistReading.asking(playlistId));
      }
    }
    Asked asked = new Asked(source.settings().requestBudget(), AskingReport.start());
    Asking asking = source.asking(asked);
    List<Subject> unasked;
    try (Progress progress =
        Progress.start("playlists", toAsk.size(), asked::spent, source.settings().progress())) {
      unasked =
          asking.work(
              toAsk,
              work -> {
                if (work.wasAsked() || asked.refusal() == null) {
                  landed.addAll(keep(work));
                }
                progress.oneDone();
              });
    }
    Reason stop = asked.stoppedBy();
    if (!unasked.isEmpty() && stop != null) {
      String path =
          store.write(layout.runId() + "-unasked", new RawObject.Draft(), RawOutcome.NONE, stop);
      landed.add(
          new Landed(SubjectType.PLAYLIST, path, unasked.stream().map(Subject::name).toList()));
    }
    AskingReport report = asked.report(List.of());
    return new Result(
        report.isAuthorised() ? List.copyOf(landed) : forTheCountOnly(landed), report);
  }

  /**
   * What landed.
   *
   * @param landed an object a playlist
   * @param report how the asking went
   */
  record Result(List<Landed> landed, AskingReport report) {}

  private boolean isFinal(String playlistId) {
    return store.read(playlistId).map(freshness::isFinal).orElse(false);
  }

  /** A run that nobody let in publishes nothing, but what it asked is counted. */
  private static List<Landed> forTheCountOnly(List<Landed> landed) {
    return landed.stream().map(Landed::withoutSubjects).toList();
  }

  private List<Landed> keep(SubjectWork work) {
    Subject subject = work.subject();
    String name = subject.name();
    RawOutcome outcome = Objects.requireNonNull(subject.outcome());
    // Looked up now, not in the listing of the start: another run of the day may have stored it.
    boolean finalOneIsThere =
        !outcome.isFinal()
            && store.find(name).map(object -> object.outcome().isFinal()).orElse(false);
    if (finalOneIsThere) {
      // The day's earlier answer still holds; that it could not be had again is a gap all the same.
      String aside = layout.runId() + "-" + name;
      store.write(aside, work.draft(), outcome, subject.reason());
      return List.of(
          landed(name),
          new Landed(SubjectType.PLAYLIST, store.path(aside), List.of(name)).gapsOnly());
    }
    store.write(name, work.draft(), outcome, subject.reason());
    return List.of(landed(name));
  }

  private Landed landed(String playlistId) {
    return new Landed(SubjectType.PLAYLIST, store.path(playlistId), List.of(playlistId));
  }
}
