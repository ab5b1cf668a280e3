package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.schema.LakeTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Refusals that concern all requests, not the one that met them: known 403s, 401s, tokens. */
class RefusedRunTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-20");
  private static final String LIST =
      "--playlists="
          + String.join(",", SampleCatalog.EMPTY, SampleCatalog.FOCUS, SampleCatalog.KITCHEN);
  private static final String PREMIUM =
      "Active premium subscription required for the owner of the app. When the subscription status"
          + " changes, it can take a few hours before requests are allowed again.";

  private final Path folder;

  RefusedRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Active premium subscription required for the owner of the app. | premium_required | Premium",
        "User not registered in the Developer Dashboard | user_not_registered | User Management",
        "the user may not be registered. Check settings on developer.spotify.com/dashboard |"
            + " user_not_registered | User Management",
        "Insufficient client scope | insufficient_scope | login",
      })
  void aKnown403OnEverythingIsNotAuthorised(String text, String code, String advice) {
    String json = "{\"error\":{\"status\":403,\"message\":\"" + text + "\"}}";
    for (Dialect dialect : Dialect.values()) {
      for (Scripted refusal :
          List.of(
              Scripted.status(403, json),
              Scripted.bytes(403, text.getBytes(StandardCharsets.UTF_8), "text/plain"))) {
        try (SpotifyStandIn spotify = start(dialect)) {
          spotify.scriptAlways("^/v1/", refusal);
          Path lake = folder.resolve(dialect + "-" + refusal.hashCode());
          JobRun run =
              JobRun.into(
                  spotify,
                  JobRun.credentials(folder, JobRun.CLIENT_ID, JobRun.CLIENT_SECRET),
                  lake.toString(),
                  LIST);
          notAuthorised(run, code, advice);
        }
      }
    }
  }

  /** Without users text that is not JSON is not shown: this one is Spotify's own. */
  @ParameterizedTest
  @ValueSource(strings = {"drop", "hash"})
  void alsoWhereUsersAreNotStored(String addedBy) {
    try (SpotifyStandIn spotify = start(Dialect.RESTRICTED)) {
      spotify.scriptAlways("^/v1/", plain(PREMIUM));
      JobRun run =
          JobRun.asUser(DAY, spotify, folder, "--playlists=me,liked", "--addedBy=" + addedBy);
      assertThat(run.err(), run.exitCode(), is(5));
      assertThat(run.err(), containsString("Premium"));
    }
  }

  @Test
  void manyPlaylistsCostFewRequests() {
    try (SpotifyStandIn spotify = start(Dialect.RESTRICTED)) {
      spotify.scriptAlways("^/v1/", plain(PREMIUM));
      StringBuilder ids = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        ids.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT, "%022d", i));
      }
      JobRun run = JobRun.against(spotify, folder, "--playlists=" + ids);
      assertThat(run.err(), run.exitCode(), is(5));
      assertThat(spotify.apiRequests(), lessThan(60));
    }
  }

  /** Something else succeeded: a gap, with the advice once. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aKnown403OnOneThingIsAGapWithAdvice(Dialect dialect) {
    MapCatalog catalog = SampleCatalog.create();
    try (SpotifyStandIn spotify = start(catalog, dialect)) {
      catalog.editLibrary(library -> library.withUser("anna", "Anna"));
      String scope = "{\"error\":{\"status\":403,\"message\":\"Insufficient client scope\"}}";
      spotify.scriptAlways("^/v1/me/tracks", Scripted.status(403, scope));
      JobRun run = JobRun.asUser(DAY, spotify, folder, LIST + ",liked");
      assertThat(run.err(), run.exitCode(), is(3));
      assertThat(run.row().get("playlists_read").asInt(), is(3));
      assertThat(run.column(LakeTable.REJECTED, "reason"), hasItem("FORBIDDEN"));
      assertThat(
          run.err(),
          run.errLines().stream().filter(line -> line.contains("Run login again")).toList(),
          hasSize(1));
    }
  }

  /** A 403 that says nothing of the app: the playlists' own, and a day with nothing. */
  @Test
  void another403IsOfItsPlaylist() {
    try (SpotifyStandIn spotify = start(Dialect.EXTENDED)) {
      spotify.scriptAlways(
          "^/v1/", Scripted.status(403, "{\"error\":{\"message\":\"Forbidden\"}}"));
      JobRun run = JobRun.against(spotify, folder, LIST, "--maxRejected=9");
      assertThat(run.err(), run.exitCode(), is(3));
      assertThat(run.row().get("status").asText(), is("PUBLISHED"));
      assertThat(run.err(), not(containsString("Ask it something")));
    }
  }

  /** Good tokens, refused for a while: enough rounds for ten at once, and few tokens. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void refusedForAMoment(Dialect dialect) {
    try (SpotifyStandIn spotify = start(dialect)) {
      Scripted[] refused =
          Collections.nCopies(3 * 3, Scripted.status(401, "{}")).toArray(new Scripted[0]);
      spotify.script("^/v1/playlists/", refused);
      JobRun run = JobRun.against(spotify, folder, LIST);
      assertThat(run.err(), run.exitCode(), is(0));
      assertThat(run.row().get("playlists_read").asInt(), is(3));
    }
  }

  @Test
  void aPlaylistThatIsRefusedByA401AloneIsForbidden() {
    try (SpotifyStandIn spotify = start(Dialect.RESTRICTED)) {
      JobRun first = JobRun.on(DAY, spotify, folder, LIST);
      assertThat(first.err(), first.exitCode(), is(0));
      spotify.scriptAlways(SampleCatalog.FOCUS, Scripted.status(401, "{}"));
      JobRun second = JobRun.on(DAY.plusDays(1), spotify, folder, LIST);
      assertThat(second.err(), second.exitCode(), is(3));
      assertThat(second.row().get("playlists_stale").asInt(), is(1));
      assertThat(second.column(LakeTable.REJECTED, "reason"), contains("FORBIDDEN"));
    }
  }

  /** The token ends in the middle, and so does the consent: what there is must not be lost. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aRefusedRenewalStopsTheRunAndKeepsTheDay(Dialect dialect) {
    try (SpotifyStandIn spotify = start(dialect)) {
      // One at a time on both days: the oldest comes first, and the refused one last.
      JobRun first = JobRun.asUser(DAY, spotify, folder, LIST, "--requestConcurrency=1");
      assertThat(first.err(), first.exitCode(), is(0));
      spotify.scriptAlways(
          SampleCatalog.KITCHEN, Scripted.status(401, "{}").then(spotify::revokeRefreshToken));
      JobRun second =
          JobRun.asUser(DAY.plusDays(1), spotify, folder, LIST, "--requestConcurrency=1");
      assertThat(second.err(), second.exitCode(), is(4));
      assertThat(second.row().get("status").asText(), is("PUBLISHED"));
      assertThat(second.row().get("stopped_by").asText(), is("INVALID_GRANT"));
      assertThat(second.row().get("playlists_stale").asInt(), greaterThanOrEqualTo(1));
      assertThat(second.row().get("playlist_rows").asInt(), is(3));
      assertThat(second.err(), containsString("login"));
    }
  }

  /** The second fetching step signs in again; the first one's day stays. */
  @Test
  void aRefusedSignInOfTheDetailsKeepsTheDay() {
    try (SpotifyStandIn spotify = start(Dialect.EXTENDED)) {
      spotify.script(
          "^/api/token",
          Scripted.normal(),
          Scripted.status(400, "{\"error\":\"invalid_grant\"}"),
          Scripted.status(400, "{\"error\":\"invalid_grant\"}"));
      JobRun run = JobRun.asUser(DAY, spotify, folder, LIST);
      assertThat(run.err(), run.exitCode(), is(4));
      assertThat(run.row().get("stopped_by").asText(), is("INVALID_GRANT"));
      assertThat(run.row().get("playlists_read").asInt(), is(3));
    }
  }

  private static void notAuthorised(JobRun run, String code, String advice) {
    assertThat(run.err(), run.exitCode(), is(5));
    assertThat(run.err(), containsString(advice));
    assertThat(run.err(), not(containsString("\tat ")));
    assertThat(run.errLines().size(), lessThanOrEqualTo(1));
    assertThat(run.row().get("status").asText(), is("NOT_AUTHORISED"));
    assertThat(run.row().get("stopped_by").asText(), is(code));
    assertThat(run.dataFiles(), is(empty()));
    if (code.equals("premium_required")) {
      assertThat(run.err(), not(containsString("list")));
    }
  }

  private static Scripted plain(String text) {
    return Scripted.bytes(403, text.getBytes(StandardCharsets.UTF_8), "text/plain");
  }

  private static SpotifyStandIn start(Dialect dialect) {
    return start(SampleCatalog.create(), dialect);
  }

  private static SpotifyStandIn start(MapCatalog catalog, Dialect dialect) {
    return SpotifyStandIn.start(
        catalog,
        StandInOptions.defaults().withDialect(dialect).withRefreshToken(JobRun.REFRESH_TOKEN));
  }
}
