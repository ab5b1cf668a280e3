package dev.playlistlake.pipeline.job;

import dev.playlistlake.io.spotify.auth.CredentialsRef;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LibraryScope;
import dev.playlistlake.io.spotify.users.UserIdMode;
import dev.playlistlake.pipeline.cli.FlagValues;
import dev.playlistlake.pipeline.cli.Problems;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The main job's parsed flags, as far as possible without reading the lake and the list. A wrong
 * value is replaced by any valid one: a job with problems never runs.
 */
record OptionValues(
    String lake,
    URI api,
    URI accounts,
    CredentialsRef credentials,
    Enrichment enrichment,
    LibraryScope mine,
    UserIdMode addedBy,
    Set<Integer> okExitCodes,
    String runner) {
  private static final int MOST_CONCURRENCY = 1_000;
  private static final int MOST_FILES = 10_000;
  private static final URI NO_SERVICE = URI.create("http://0.0.0.0");
  private static final List<String> RUNNERS = List.of("DirectRunner", "FlinkRunner");

  /** Parses them; mistakes become problems. */
  static OptionValues of(LakeOptions options, Problems problems) {
    checkNumbers(options, problems);
    String lake = Objects.requireNonNullElse(options.getLake(), FlagValues.DEFAULT_LAKE);
    return new OptionValues(
        problems.valueOf("--lake", () -> FlagValues.lake(lake)).orElse(lake),
        problems
            .valueOf("--apiUrl", () -> FlagValues.service(options.getApiUrl()))
            .orElse(NO_SERVICE),
        problems
            .valueOf("--accountsUrl", () -> FlagValues.service(options.getAccountsUrl()))
            .orElse(NO_SERVICE),
        problems
            .valueOf("--credentials", () -> credentials(options.getCredentials()))
            .orElse(CredentialsRef.sample()),
        problems
            .valueOf("--enrich", () -> enrichment(options.getEnrich(), options.getDetailBudget()))
            .orElse(new Enrichment(false, false, false)),
        problems.valueOf("--mine", () -> mine(options.getMine())).orElse(LibraryScope.ALL),
        problems.valueOf("--addedBy", () -> addedBy(options.getAddedBy())).orElse(UserIdMode.KEEP),
        problems
            .valueOf("--okExitCodes", () -> FlagValues.okExitCodes(options.getOkExitCodes()))
            .orElse(Set.of()),
        problems
            .valueOf("--runner", () -> runner(options.getRunner().getSimpleName()))
            .orElse(RUNNERS.get(0)));
  }

  private static void checkNumbers(LakeOptions options, Problems problems) {
    between("--maxAge", options.getMaxAge(), 0, Integer.MAX_VALUE, problems);
    between("--requestBudget", options.getRequestBudget(), 0, Long.MAX_VALUE, problems);
    between("--detailBudget", options.getDetailBudget(), 0, Integer.MAX_VALUE, problems);
    int concurrency = options.getRequestConcurrency();
    between("--requestConcurrency", concurrency, 1, MOST_CONCURRENCY, problems);
    between("--maxRetryAfter", options.getMaxRetryAfter(), 0, Integer.MAX_VALUE, problems);
    between("--maxRejected", options.getMaxRejected(), 0, Integer.MAX_VALUE, problems);
    between("--filesPerTable", options.getFilesPerTable(), 1, MOST_FILES, problems);
  }

  private static void between(
      String flag, @Nullable Number given, long least, long most, Problems problems) {
    if (given != null && given.longValue() < least) {
      problems.add(flag + ": " + given + " is below " + least);
    } else if (given != null && given.longValue() > most) {
      problems.add(flag + ": " + given + " is above " + most);
    }
  }

  /** Only the sample may set its own reference; typed as a flag it has no effect. */
  private static CredentialsRef credentials(String given) {
    return given.equals(CredentialsRef.sample().written())
        ? CredentialsRef.sample()
        : FlagValues.credentials(given);
  }

  private static Enrichment enrichment(String given, int detailBudget) {
    return switch (given.replace(" ", "")) {
      case "auto" -> new Enrichment(true, true, false, detailBudget);
      case "none" -> new Enrichment(false, false, false, detailBudget);
      case "albums" -> new Enrichment(true, false, true, detailBudget);
      case "artists" -> new Enrichment(false, true, true, detailBudget);
      case "albums,artists", "artists,albums" -> new Enrichment(true, true, true, detailBudget);
      default ->
          throw FlagValues.noneOf(
              List.of("auto", "none", "albums", "artists", "albums,artists"), given);
    };
  }

  private static LibraryScope mine(String given) {
    return switch (given) {
      case "owned" -> LibraryScope.OWNED;
      case "all" -> LibraryScope.ALL;
      default -> throw FlagValues.noneOf(List.of("owned", "all"), given);
    };
  }

  private static UserIdMode addedBy(String given) {
    return switch (given) {
      case "keep" -> UserIdMode.KEEP;
      case "hash" -> UserIdMode.HASH;
      case "drop" -> UserIdMode.DROP;
      default -> throw FlagValues.noneOf(List.of("keep", "hash", "drop"), given);
    };
  }

  private static String runner(String name) {
    if (!RUNNERS.contains(name)) {
      throw FlagValues.wrong("'" + name + "' is neither " + String.join(" nor ", RUNNERS));
    }
    return name;
  }
}
