package dev.playlistlake.pipeline.job;

import dev.playlistlake.model.RunClock;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.input.InputException;
import dev.playlistlake.io.input.PlaylistList;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.publish.PublishedDays;
import dev.playlistlake.io.publish.RunFacts;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.fetch.LiveNumbers;
import dev.playlistlake.io.spotify.fetch.SpotifySettings;
import dev.playlistlake.io.spotify.http.HttpSettings;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.users.UserIdMode;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.pipeline.CommandLine;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.cli.Version;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The only place that turns options into a job. Reads the list and touches the lake, so that what
 * is wrong is found before the first request, all of it at once.
 */
public final class LakeJobFactory {
  private static final String SPOTIFY_API = "api.spotify.com";
  private static final int MOST_CONCURRENCY = 1_000;
  private static final int MOST_FILES = 10_000;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(100);
  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final LakeOptions options;
  private final Surroundings surroundings;
  private final boolean onlyPlanned;
  private final Instant startedAt;
  private final List<String> problems;

  private LakeJobFactory(CommandLine line, Surroundings surroundings, boolean onlyPlanned) {
    this.surroundings = surroundings;
    this.onlyPlanned = onlyPlanned;
    this.options = line.options();
    this.problems = new ArrayList<>(line.problems());
    this.startedAt = surroundings.clock().instant().truncatedTo(ChronoUnit.MICROS);
  }

  public static LakeJob create(CommandLine line, Surroundings surroundings)
      throws BadInputException {
    return new LakeJobFactory(line, surroundings, /* onlyPlanned= */ false).job();
  }

  /** The same of a job that is not going to be run: the lake is only looked at. */
  public static LakeJob plan(CommandLine line, Surroundings surroundings) throws BadInputException {
    return new LakeJobFactory(line, surroundings, /* onlyPlanned= */ true).job();
  }

  private LakeJob job() throws BadInputException {
    @Nullable StoredAnswers stored = storedAnswers();
    String lake = lake();
    URI api = FlagValues.url("--apiUrl", options.getApiUrl(), problems);
    URI accounts = FlagValues.url("--accountsUrl", options.getAccountsUrl(), problems);
    CredentialsRef credentials = credentials();
    Enrichment enrichment = enrichment();
    LibraryScope mine = mine();
    UserIdMode addedBy = addedBy();
    boolean ofSpotify = api != null && SPOTIFY_API.equalsIgnoreCase(api.getHost());
    LocalDate today = LocalDate.ofInstant(startedAt, ZoneOffset.UTC);
    LocalDate day = stored == null ? day(today) : day(stored, today);
    boolean pastDay = stored == null && ofSpotify && day.isBefore(today);
    if (stored == null && ofSpotify && day.isAfter(today)) {
      problems.add("--ingestDate: " + day + " lies in the future; today in UTC is " + today);
    }
    atLeast("--maxAge", options.getMaxAge(), 0);
    atLeast("--requestBudget", options.getRequestBudget(), 0);
    atLeast("--requestConcurrency", options.getRequestConcurrency(), 1);
    atMost("--requestConcurrency", options.getRequestConcurrency(), MOST_CONCURRENCY);
    atLeast("--maxRetryAfter", options.getMaxRetryAfter(), 0);
    atLeast("--maxRejected", options.getMaxRejected(), 0);
    atLeast("--filesPerTable", options.getFilesPerTable(), 1);
    atMost("--filesPerTable", options.getFilesPerTable(), MOST_FILES);
    Set<Integer> okExitCodes = FlagValues.okExitCodes(options.getOkExitCodes(), problems);
    String runner = runner();
    LakeLayout layout = new LakeLayout(lake, day.toString(), runId());
    // Spotify only tells what is today: of a past day there is what this lake has stored of it.
    RawDay answers = pastDay ? answersOfPastDay(layout) : answers(stored, layout);
    List<ListEntry> given = entries(answers, stored != null, pastDay);
    UserIdPolicy wanted = UserIdPolicy.of(addedBy, given, layout);
    List<ListEntry> entries = given.stream().map(wanted::shown).toList();
    if (CommandLine.isFine(problems, "--lake")) {
      lakeProblem(layout).ifPresent(problem -> problems.add("--lake: " + problem));
    }
    if (!problems.isEmpty()) {
      throw new BadInputException(problems);
    }
    // A plan makes no salt: without one there is nothing in the lake to compare hashes with.
    UserIdPolicy users = onlyPlanned && !wanted.isReady() ? UserIdPolicy.keep() : wanted;
    @Nullable LakeLayout dayBefore = PublishedDays.newestBefore(layout).orElse(null);
    return new LakeJob(
        entries,
        mine,
        new SpotifySettings(
            new HttpSettings(
                Objects.requireNonNull(api),
                Objects.requireNonNull(accounts),
                options.getRequestConcurrency(),
                CONNECT_TIMEOUT,
                surroundings.answerTimeout()),
            Objects.requireNonNull(credentials),
            options.getRequestBudget(),
            Duration.ofSeconds(options.getMaxRetryAfter()),
            RETRY_TIMEOUT,
            surroundings.firstPause(),
            true,
            users,
            Deployment.isFlink(options) ? new FlinkNumbers() : LiveNumbers.nowhere(),
            new RunClock(surroundings.clock(), startedAt)),
        answers,
        enrichment,
        new RefreshPolicy(day, options.getMaxAge(), startedAt),
        dayBefore,
        new RunFacts(
            layout,
            options.getFilesPerTable(),
            startedAt,
            runner,
            Version.current(),
            options.getAllowGone(),
            config(lake, day)),
        maxRejected(),
        okExitCodes);
  }

  private Optional<String> lakeProblem(LakeLayout layout) {
    return onlyPlanned
        ? LakeCheck.problemOfReader(layout)
        : LakeCheck.problem(layout, /* lookOnly= */ !problems.isEmpty());
  }

  /**
   * The list that is given, else that of the run that is replayed.
   *
   * @param answers where the day's answers are
   * @param replay whether they are given to be replayed
   * @param pastDay whether they are all that there will ever be of this day
   */
  private List<ListEntry> entries(RawDay answers, boolean replay, boolean pastDay) {
    String given = options.getPlaylists();
    if (given == null && replay) {
      return storedList(answers);
    }
    if (given == null) {
      boolean unsaid = CommandLine.isFine(problems, "--playlists");
      if (unsaid && (options.getLake() != null || problems.isEmpty())) {
        problems.add(
            "--playlists: is missing; give me, liked, ids, URIs or URLs, or a file with one a line");
      }
      return List.of();
    }
    try {
      List<ListEntry> entries = PlaylistList.read(given);
      if (entries.stream().noneMatch(ListEntry::isWord)) {
        return entries;
      } else if (replay) {
        problems.add(
            "--playlists: me and liked are asked of Spotify; leave the flag out to replay the list"
                + " that is stored with the answers");
        return List.of();
      }
      // What the words meant on a past day is stored with its answers.
      return pastDay ? storedList(answers) : entries;
    } catch (InputException e) {
      problems.add("--playlists: " + e.getMessage());
      return List.of();
    }
  }

  private List<ListEntry> storedList(RawDay answers) {
    try {
      return answers.isReplay() ? StoredAnswers.list(answers) : List.of();
    } catch (BadInputException e) {
      problems.addAll(e.problems());
      return List.of();
    }
  }

  private String lake() {
    return FlagValues.lake(
        Objects.requireNonNullElse(options.getLake(), FlagValues.DEFAULT_LAKE), problems);
  }

  private @Nullable CredentialsRef credentials() {
    if (options.getCredentials().equals(CredentialsRef.sample().written())) {
      // Set by the sample itself; given by a user it opens nothing either.
      return CredentialsRef.sample();
    }
    try {
      return CredentialsRef.parse(options.getCredentials());
    } catch (IllegalArgumentException e) {
      problems.add("--credentials: " + e.getMessage());
      return null;
    }
  }

  private Enrichment enrichment() {
    return switch (options.getEnrich().replace(" ", "")) {
      case "auto" -> new Enrichment(true, true, false);
      case "none" -> new Enrichment(false, false, false);
      case "albums" -> new Enrichment(true, false, true);
      case "artists" -> new Enrichment(false, true, true);
      case "albums,artists", "artists,albums" -> new Enrichment(true, true, true);
      default -> {
        problems.add(
            "--enrich: '"
                + options.getEnrich()
                + "' is none of auto, none, albums, artists, albums,artists");
        yield new Enrichment(false, false, false);
      }
    };
  }

  private LibraryScope mine() {
    String given = options.getMine();
    if (!given.equals("owned") && !given.equals("all")) {
      problems.add(FlagValues.noneOf("--mine", given, List.of("owned", "all")));
    }
    return given.equals("owned") ? LibraryScope.OWNED : LibraryScope.ALL;
  }

  private UserIdMode addedBy() {
    return switch (options.getAddedBy()) {
      case "keep" -> UserIdMode.KEEP;
      case "hash" -> UserIdMode.HASH;
      case "drop" -> UserIdMode.DROP;
      default -> {
        problems.add(
            FlagValues.noneOf("--addedBy", options.getAddedBy(), List.of("keep", "hash", "drop")));
        yield UserIdMode.KEEP;
      }
    };
  }

  private LocalDate day(LocalDate today) {
    String given = options.getIngestDate();
    return given == null ? today : FlagValues.ingestDate(given, problems).orElse(today);
  }

  private LocalDate day(StoredAnswers stored, LocalDate today) {
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
      return new StoredAnswers(layout.rawRoot()).of(layout.ingestDate());
    } catch (BadInputException e) {
      problems.add(
          "--ingestDate: "
              + layout.ingestDate()
              + " is past, Spotify only tells what is today, and this lake has stored no answers"
              + " of that day");
      return RawDay.of(layout);
    }
  }

  /** Where the day's answers are: stored by this run, or replayed. */
  private RawDay answers(@Nullable StoredAnswers stored, LakeLayout layout) {
    if (stored != null && problems.isEmpty()) {
      try {
        return stored.of(layout.ingestDate());
      } catch (BadInputException e) {
        problems.addAll(e.problems());
      }
    }
    return RawDay.of(layout);
  }

  private void atLeast(String flag, @Nullable Number given, long least) {
    if (given != null && given.longValue() < least) {
      problems.add(flag + ": " + given + " is below " + least);
    }
  }

  private void atMost(String flag, @Nullable Number given, long most) {
    if (given != null && given.longValue() > most) {
      problems.add(flag + ": " + given + " is above " + most);
    }
  }

  private @Nullable StoredAnswers storedAnswers() {
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
      problems.add("--from: '" + from + "' holds a wildcard; give one folder or prefix");
      return null;
    }
    return new StoredAnswers(folder);
  }

  private String runner() {
    String runner = options.getRunner().getSimpleName();
    if (!Set.of("DirectRunner", "FlinkRunner").contains(runner)) {
      problems.add("--runner: '" + runner + "' is neither DirectRunner nor FlinkRunner");
    }
    return runner;
  }

  private int maxRejected() {
    return Objects.requireNonNullElse(options.getMaxRejected(), 0);
  }

  private String runId() {
    int random = new SecureRandom().nextInt(0x10000);
    return RUN_ID.format(startedAt) + "-" + String.format(Locale.ROOT, "%04x", random);
  }

  /** The flags in force; a list is not repeated here, it is stored with the answers. */
  private String config(String lake, LocalDate day) {
    ObjectNode config = new ObjectMapper().createObjectNode();
    config.put("lake", lake);
    config.put("ingestDate", day.toString());
    config.put("apiUrl", options.getApiUrl());
    config.put("accountsUrl", options.getAccountsUrl());
    config.put("credentials", options.getCredentials());
    config.put("mine", options.getMine());
    config.put("enrich", options.getEnrich());
    config.put("maxAge", options.getMaxAge());
    config.put("requestBudget", options.getRequestBudget());
    config.put("requestConcurrency", options.getRequestConcurrency());
    config.put("maxRetryAfter", options.getMaxRetryAfter());
    config.put("maxRejected", maxRejected());
    config.put("okExitCodes", options.getOkExitCodes());
    config.put("filesPerTable", options.getFilesPerTable());
    config.put("from", options.getFrom());
    config.put("addedBy", options.getAddedBy());
    config.put("allowGone", options.getAllowGone());
    return config.toString();
  }
}
