package dev.playlistlake.pipeline.run;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.ParquetFiles;
import dev.playlistlake.io.lake.RunFiles;
import dev.playlistlake.model.ClosedFamily;
import dev.playlistlake.model.ForeignText;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.RunRow;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.pipeline.cli.ExitCode;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.RejectionCodec;
import dev.playlistlake.schema.TableCodec;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A run's summary for people, on stderr. */
public final class Summary {
  private static final int MOST_IDS_SHOWN = 10;

  private final LakeJob job;
  private final RunRow run;
  private final Optional<String> refusal;
  private final PrintStream out;

  /**
   * The summary of an ended run.
   *
   * @param refusal why sign-in was refused, in more detail than the run's row; empty if unknown
   *     here
   */
  Summary(LakeJob job, RunRow run, Optional<String> refusal, PrintStream out) {
    this.job = job;
    this.run = run;
    this.refusal = refusal;
    this.out = out;
  }

  void print() {
    if (RunStatus.PUBLISHED.equals(run.status())) {
      printPublished();
    } else if (RunStatus.NOT_AUTHORISED.equals(run.status())) {
      out.println(notAuthorised());
    } else if (RunStatus.UNREACHABLE.equals(run.status())) {
      out.println(
          "Nothing is published: " + Advice.unreachable(String.valueOf(run.stoppedBy()), refusal));
    } else {
      out.printf(
          "The audit failed, nothing is published: run %s of %s counts for no reader. What it"
              + " found stands above.%n",
          run.runId(), day());
    }
  }

  /** The verdict alone, as a clause, from the row without the run's flags and tables. */
  public static String verdict(RunRow run, int maxRejected) {
    String code = String.valueOf(run.stoppedBy());
    return switch (RunVerdict.of(run, maxRejected)) {
      case NOT_AUTHORISED ->
          "not authorised (%s), nothing is published; docs/operations.md says what to do"
              .formatted(code);
      case UNREACHABLE -> "nothing is published: " + Advice.unreachable(code, Optional.empty());
      case AUDIT_FAILED -> "the audit failed, nothing is published";
      case STOPPED_EARLY -> "published, stopped " + howStopped(run);
      case TOO_MANY_REJECTED ->
          "published, "
              + EmptyDay.words(run)
                  .map(words -> "but it got nothing: " + words)
                  .orElseGet(() -> tooMany(run, maxRejected));
      case PUBLISHED -> "published";
      default ->
          "status %s is unknown to this version (the run was written by version %s); it counts as not"
                  .formatted(run.status(), run.version())
              + " published";
    };
  }

  private static String howStopped(RunRow run) {
    if (Reason.INTERRUPTED.name().equals(run.stoppedBy())) {
      return "as it was told to (INTERRUPTED); run the same command again, at once if you like, to"
          + " get the rest";
    }
    return "early by %s; run the same command again%s to get the rest"
        .formatted(run.stoppedBy(), run.resumeAt() == null ? "" : " after " + run.resumeAt());
  }

  private static String tooMany(RunRow run, int maxRejected) {
    return String.format(
        Locale.ROOT,
        "%s could not be read wholly, --maxRejected allows %d",
        count(run.playlistsRejected(), "playlist"),
        maxRejected);
  }

  private void printPublished() {
    out.printf(
        "Published %s in %s (run %s, %s).%n",
        day(), job.layout().root(), run.runId(), count(run.requests(), "request"));
    printRows();
    List<Rejection> rejections = run.rejectedRows() == 0 ? List.of() : rejections();
    printRejections(rejections);
    LeftList.words(run).ifPresent(out::println);
    if (!run.missingCapabilities().isEmpty()) {
      out.println(
          "This app may not ask for details in batches: labels, genres and popularity stay empty"
              + " (--enrich=albums,artists asks one by one).");
    }
    closedFamilies(run).forEach(out::println);
    if (run.stoppedBy() != null) {
      out.println("Stopped " + howStopped(run) + ".");
    }
    if (RunVerdict.of(run, job.maxRejected()) == ExitCode.TOO_MANY_REJECTED
        && run.playlistsRejected() > job.maxRejected()) {
      printRejectedIds(rejections);
    }
    Optional<String> empty = EmptyDay.words(run);
    if (empty.isPresent()) {
      out.println(empty.get());
      return;
    }
    out.println("Ask it something:");
    out.println("  " + NextQuestion.to(job.layout().root()));
  }

  /** One line per family of endpoints whose quota is used up. */
  private static List<String> closedFamilies(RunRow run) {
    List<ClosedFamily> closed = Objects.requireNonNullElse(run.closedFamilies(), List.of());
    return closed.stream()
        .map(
            family ->
                "Spotify's quota for %s is used up%s; all else was fetched as usual."
                    .formatted(
                        family.family(),
                        family.resumeAt() == null ? "" : " until " + family.resumeAt()))
        .toList();
  }

  private void printRows() {
    Map<String, Long> rows = new TreeMap<>();
    rows.put("playlist", run.playlistRows());
    rows.put("playlist_item", run.playlistItemRows());
    rows.put("song", run.songRows());
    rows.put("album", run.albumRows());
    rows.put("artist", run.artistRows());
    rows.put("playlist_event", run.playlistEventRows());
    rows.put("rejected", run.rejectedRows());
    for (LakeTable table : LakeTable.values()) {
      Long count = rows.get(table.tableName());
      if (count != null) {
        out.printf(Locale.ROOT, "  %-15s %,10d rows%n", table.tableName(), count);
      }
    }
  }

  private void printRejections(List<Rejection> rejections) {
    rejectionLines(rejections).forEach(out::println);
  }

  /** One line per kind and reason, with the first ids of each. */
  public static List<String> rejectionLines(List<Rejection> rejections) {
    Map<String, List<String>> byReason = new TreeMap<>();
    for (Rejection rejection : rejections) {
      String kind = rejection.subjectType().name().toLowerCase(Locale.ROOT);
      List<String> subjects =
          byReason.computeIfAbsent(
              ForeignText.oneLine(kind + " " + rejection.reason() + ": " + rejection.message()),
              unused -> new ArrayList<>());
      String subject = rejection.subjectId();
      if (subject != null) {
        subjects.add(ForeignText.oneLine(subject));
      }
    }
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (reason, subjects) ->
            // A row without a subject stands for many; its message says how many.
            lines.add(
                subjects.isEmpty()
                    ? "  rejected " + reason
                    : String.format(
                        Locale.ROOT,
                        "  rejected %,d %s (%s)",
                        subjects.size(),
                        reason,
                        shown(subjects))));
    return lines;
  }

  private static String shown(List<String> subjects) {
    String first = String.join(", ", subjects.stream().sorted().limit(MOST_IDS_SHOWN).toList());
    return subjects.size() > MOST_IDS_SHOWN ? first + ", ..." : first;
  }

  private void printRejectedIds(List<Rejection> rejections) {
    Set<@Nullable String> metadataOnly = metadataOnly();
    out.println(tooMany(run, job.maxRejected()) + ":");
    rejections.stream()
        .filter(rejection -> rejection.subjectType() == SubjectType.PLAYLIST)
        .filter(
            rejection ->
                rejection.stage() != Stage.LIST || !ListEntry.namesNone(rejection.reason()))
        .filter(rejection -> !metadataOnly.contains(rejection.playlistId()))
        .map(rejection -> ForeignText.oneLine(rejection.subjectId() + " " + rejection.reason()))
        .sorted()
        .forEach(line -> out.println("  " + line));
  }

  private List<Rejection> rejections() {
    return rows(new RejectionCodec());
  }

  /** Playlists whose items this app may not see: gaps, but not failures. */
  private Set<@Nullable String> metadataOnly() {
    Set<@Nullable String> ids = new HashSet<>();
    for (Playlist playlist : rows(new PlaylistCodec())) {
      if (ReadStatus.METADATA_ONLY.equals(playlist.readStatus())) {
        ids.add(playlist.playlistId());
      }
    }
    return ids;
  }

  /** This run's rows of a table; none if they cannot be read back, since the run counts anyway. */
  private <T> List<T> rows(TableCodec<T> codec) {
    List<T> rows = new ArrayList<>();
    try {
      for (String path : RunFiles.whole(job.layout(), codec.table())) {
        ParquetFiles.forEach(codec, path, rows::add);
      }
    } catch (LakeException e) {
      out.println("  (" + e.getMessage() + ")");
    }
    return rows;
  }

  private String notAuthorised() {
    return "Not authorised, nothing is published: "
        + Advice.notAuthorised(String.valueOf(run.stoppedBy()), job, refusal);
  }

  private String day() {
    return job.layout().ingestDate();
  }

  private static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }
}
