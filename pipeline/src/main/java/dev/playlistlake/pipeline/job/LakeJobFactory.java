package dev.playlistlake.pipeline.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.input.InputException;
import dev.playlistlake.io.input.PlaylistList;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.PublishedDays;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.fetch.LiveNumbers;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.run.RunClock;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.Problems;
import dev.playlistlake.pipeline.cli.ProxyCheck;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.cli.Version;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The only place that turns options into a job. Reads the list and checks the lake, so that all
 * mistakes are found at once, before the first request.
 */
public final class LakeJobFactory {
  private static final String SPOTIFY_API = "api.spotify.com";
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(100);
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final LakeOptions options;
  private final Surroundings surroundings;
  private final boolean onlyPlanned;
  private final Instant startedAt;
  private final Problems problems;

  private LakeJobFactory(JobFlags flags, Surroundings surroundings, boolean onlyPlanned) {
    this.surroundings = surroundings;
    this.onlyPlanned = onlyPlanned;
    this.options = flags.options();
    this.problems = flags.problems();
    this.startedAt = surroundings.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }

  /**
   * Creates the job of a run.
   *
   * @throws BadInputException with all mistakes in the flags and the list
   */
  public static LakeJob create(JobFlags flags, Surroundings surroundings) throws BadInputException {
    return new LakeJobFactory(flags, surroundings, /* onlyPlanned= */ false).job();
  }

  /**
   * The same for a job that will not run: the lake is only read.
   *
   * @throws BadInputException with all mistakes in the flags and the list
   */
  public static LakeJob plan(JobFlags flags, Surroundings surroundings) throws BadInputException {
    return new LakeJobFactory(flags, surroundings, /* onlyPlanned= */ true).job();
  }

  private LakeJob job() throws BadInputException {
    @Nullable StoredResponses stored = storedAnswers();
    OptionValues values = OptionValues.of(options, problems);
    boolean ofSpotify = SPOTIFY_API.equalsIgnoreCase(values.api().getHost());
    LocalDate today = LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
    LocalDate day = stored == null ? day(today) : day(stored, today);
    boolean pastDay = stored == null && ofSpotify && day.isBefore(today);
    if (stored == null && ofSpotify && day.isAfter(today)) {
      problems.add("--ingestDate: " + day + " lies in the future; today in UTC is " + today);
    }
    LakeLayout layout = new LakeLayout(values.lake(), day.toString(), runId());
    // Spotify returns only the present: a past day has only this lake's stored responses.
    RawDay responses = pastDay ? answersOfPastDay(layout) : responses(stored, layout);
    List<ListEntry> given = entries(responses, stored != null, pastDay);
    UserIdPolicy wanted = UserIdPolicy.of(values.addedBy(), given, layout);
    List<ListEntry> entries = given.stream().map(wanted::shown).toList();
    if (!responses.isReplay() && (onlyPlanned || Deployment.isHere(options))) {
      problems.addAll(ProxyCheck.problems(values.api(), values.accounts()));
    }
    if (layout.root().startsWith("s3://")) {
      problems.addAll(ProxyCheck.problems(Storage.s3(options)));
    }
    if (problems.isFine("--lake")) {
      lakeProblem(layout).ifPresent(problem -> problems.add("--lake: " + problem));
    }
    problems.check();
    // A plan creates no salt: without one the lake has no hashes to compare with.
    UserIdPolicy users = onlyPlanned && !wanted.isReady() ? UserIdPolicy.keep() : wanted;
    @Nullable LakeLayout dayBefore = PublishedDays.newestBefore(layout).orElse(null);
    @Nullable ObjectNode left =
        dayBefore == null || onlyPlanned ? null : LeftPlaylists.since(dayBefore, entries);
    return new LakeJob(
        entries,
        values.mine(),
        spotify(values, users),
        responses,
        values.enrichment(),
        new RefreshPolicy(day, options.getMaxAge(), startedAt),
        dayBefore,
        new RunFacts(
            layout,
            options.getFilesPerTable(),
            startedAt,
            values.runner(),
            Version.current(),
            options.getAllowGone(),
            RunConfig.of(options, layout, maxRejected(), entries, left)),
        maxRejected(),
        values.okExitCodes());
  }

  private SpotifySettings spotify(OptionValues values, UserIdPolicy users) {
    return new SpotifySettings(
        new HttpSettings(
            values.api(),
            values.accounts(),
            options.getRequestConcurrency(),
            CONNECT_TIMEOUT,
            surroundings.answerTimeout()),
        values.credentials(),
        options.getRequestBudget(),
        Duration.ofSeconds(options.getMaxRetryAfter()),
        RETRY_TIMEOUT,
        surroundings.firstPause(),
        true,
        users,
        Deployment.isFlink(options) ? new FlinkMetrics() : LiveNumbers.nowhere(),
        new RunClock(surroundings.clock(), startedAt));
  }

  private Optional<String> lakeProblem(LakeLayout layout) {
    return onlyPlanned
        ? LakeCheck.problemOfReader(layout)
        : LakeCheck.problem(layout, /* lookOnly= */ !problems.isEmpty());
  }

  /**
   * The given list, or that of the replayed run.
   *
   * @param responses where the day's responses are
   * @param replay whether they are replayed
   * @param pastDay whether the day is over, so that no more can be fetched
   */
  private List<ListEntry> entries(RawDay responses, boolean replay, boolean pastDay) {
    String given = options.getPlaylists();
    if (given == null && replay) {
      return storedList(responses);
    }
    if (given == null) {
      boolean unsaid = problems.isFine("--playlists");
      if (unsaid && (options.getLake() != null || problems.isEmpty())) {
        problems.add(
            "--playlists: is missing; give me, liked, ids, URIs or URLs, or a file with one a line");
      }
      return List.of();
    }
    try {
      PlaylistList list = PlaylistList.read(given);
      problems.addNotes(list.notes());
      List<ListEntry> entries = list.entries();
      if (entries.stream().noneMatch(ListEntry::isWord)) {
        return entries;
      } else if (replay) {
        problems.add(
            "--playlists: me and liked are asked of Spotify; leave the flag out to replay the list"
                + " that is stored with the answers");
        return List.of();
      }
      // A past day's responses include what the words stood for.
      return pastDay ? storedList(responses) : entries;
    } catch (InputException e) {
      problems.add("--playlists: " + e.getMessage());
      return List.of();
    }
  }

  private List<ListEntry> storedList(RawDay responses) {
    try {
      return responses.isReplay() ? StoredResponses.list(responses) : List.of();
    } catch (BadInputException e) {
      problems.addAll(e.problems());
      return List.of();
    }
  }

  private LocalDate day(LocalDate today) {
    String given = options.getIngestDate();
    return given == null
        ? today
        : problems.valueOf("--ingestDate", () -> FlagValues.day(given)).orElse(today);
  }

  private LocalDate day(StoredResponses stored, LocalDate today) {
    if (options.getIngestDate() != null) {
      return day(today);
    }
    try {
      return LocalDate.parse(stored.onlyDay());
    } catch (BadInputException e) {
      problems.addAll(e.problems());
      return today;
    }
  }

  private RawDay answersOfPastDay(LakeLayout layout) {
    try {
      return new StoredResponses(layout.rawRoot()).of(layout.ingestDate());
    } catch (BadInputException e) {
      problems.add(
          "--ingestDate: "
              + layout.ingestDate()
              + " is past, Spotify only tells what is today, and this lake has stored no answers"
              + " of that day");
      return RawDay.of(layout);
    }
  }

  /** Where the day's responses are: stored by this run, or replayed. */
  private RawDay responses(@Nullable StoredResponses stored, LakeLayout layout) {
    if (stored != null && problems.isEmpty()) {
      try {
        return stored.of(layout.ingestDate());
      } catch (BadInputException e) {
        problems.addAll(e.problems());
      }
    }
    return RawDay.of(layout);
  }

  private @Nullable StoredResponses storedAnswers() {
    String from = options.getFrom();
    if (from.equals("api")) {
      return null;
    }
    String folder = from.startsWith("raw:") ? from.substring("raw:".length()) : "";
    while (folder.length() > 1 && folder.endsWith("/")) {
      folder = folder.substring(0, folder.length() - 1);
    }
    if (folder.isEmpty()) {
      problems.add("--from: '" + from + "' is neither api nor raw:PATH, a lake's raw folder");
      return null;
    } else if (FlagValues.WILDCARD.matcher(folder).find()) {
      problems.add("--from: '" + from + "' contains a wildcard; give one folder or prefix");
      return null;
    }
    return new StoredResponses(folder);
  }

  private int maxRejected() {
    return Objects.requireNonNullElse(options.getMaxRejected(), 0);
  }

  private String runId() {
    int random = new SecureRandom().nextInt(0x10000);
    return RUN_ID.format(startedAt) + "-" + String.format(Locale.ROOT, "%04x", random);
  }
}
