package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.LoggedRequest;
import dev.playlistlake.io.sample.MapCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.sample.StandInCatalog.AlbumData;
import dev.playlistlake.io.sample.StandInCatalog.ArtistData;
import dev.playlistlake.io.sample.StandInCatalog.ItemData;
import dev.playlistlake.io.sample.StandInCatalog.PlaylistData;
import dev.playlistlake.io.sample.StandInCatalog.TrackData;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.model.EventType;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.PlaylistEvent;
import dev.playlistlake.model.PlaylistItem;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.schema.PlaylistCodec;
import dev.playlistlake.schema.PlaylistEventCodec;
import dev.playlistlake.schema.PlaylistItemCodec;
import dev.playlistlake.schema.RejectionCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code --playlists=me} and {@code liked}: what is in a user's library, day after day. */
class LibraryTest {
  private static final LocalDate DAY = LocalDate.parse("2026-11-02");
  private static final Instant NEWEST = Instant.parse("2026-10-01T10:00:00Z");
  private static final String USER = "some body/ü";
  private static final String LIKED = "liked:" + USER;
  private static final String LONG = id("long");
  private static final String HIDDEN = id("hidden");
  private static final int LISTED = 120;
  private static final int LONG_ITEMS = 130;
  private static final int LIKED_ITEMS = 130;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final MapCatalog catalog = new MapCatalog();
  private final Set<Integer> days = new HashSet<>();
  private SpotifyStandIn spotify = start(Dialect.EXTENDED);

  private SpotifyStandIn start(Dialect dialect) {
    return SpotifyStandIn.start(
        catalog,
        StandInOptions.defaults().withDialect(dialect).withRefreshToken(JobRun.REFRESH_TOKEN));
  }

  @AfterEach
  void close() {
    spotify.close();
  }

  /**
   * Three pages: 118 playlists of one item, one of 130, and a followed one that nobody may read.
   */
  private void fill() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < LISTED - 2; i++) {
      ids.add(id("p" + i));
      catalog.put(PlaylistData.of(id("p" + i), "P" + i, List.of(track(i % 20))));
    }
    ids.add(LONG);
    catalog.put(PlaylistData.of(LONG, "Long", tracks(LONG_ITEMS)));
    ids.add(HIDDEN);
    catalog.put(PlaylistData.of(HIDDEN, "Theirs", tracks(9)).withAccess(Access.METADATA_ONLY));
    list(ids);
    like(tracks(LIKED_ITEMS));
  }

  /**
   * What the listing has in the place of an id is data: it goes into no path and no file's name.
   */
  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  void anIdThatCannotBeOneIsOneRejectedRow(Dialect dialect) throws Exception {
    spotify.close();
    spotify = start(dialect);
    List<String> ids = List.of(id("a"), id("b"), id("c"), id("d"), id("e"), id("good"));
    ids.forEach(each -> catalog.put(PlaylistData.of(each, "P", tracks(3))));
    list(ids);
    List<String> bad = List.of("", "x".repeat(300), "../../v1/me", "liked:x", "a,b?c#d%00");
    spotify.scriptAlways(
        "/v1/me/playlists",
        Scripted.edit(
            body -> {
              String edited = body;
              for (int i = 0; i < bad.size(); i++) {
                edited =
                    edited.replace(
                        "\"id\":\"" + ids.get(i) + "\"", "\"id\":\"" + bad.get(i) + "\"");
              }
              return edited;
            }));

    JobRun first = run(1, "me");

    assertThat(first.err(), first.exitCode(), is(0));
    assertThat(first.row().get("playlist_rows").asInt(), is(1));
    List<Rejection> rejections = first.own(new RejectionCodec());
    assertThat(rejections, hasSize(bad.size()));
    assertThat(
        rejections.stream().map(Rejection::reason).distinct().toList(),
        contains(Reason.INVALID_ID));
    assertThat(first.err(), not(containsString("x".repeat(200))));
    assertThat(asked("/v1/playlists/.*"), hasSize(1));
    JobRun second = run(2, "me");
    assertThat(second.err(), second.exitCode(), is(0));
    assertThat(second.own(new RejectionCodec()), hasSize(bad.size()));
  }

  private void list(List<String> ids) {
    catalog.editLibrary(library -> library.withUser(USER, "Somebody").withPlaylistIds(ids));
  }

  private void like(List<ItemData> items) {
    catalog.editLibrary(library -> library.withUser(USER, "Somebody").withLiked(items));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  void theFirstDayAsksForEachOnceAndTheNextForTheListingAlone(Dialect dialect) throws Exception {
    spotify.close();
    spotify = start(dialect);
    fill();
    int pageSize = dialect == Dialect.EXTENDED ? 100 : 50;
    int pagesOfLong = (LONG_ITEMS - 100 + pageSize - 1) / pageSize;

    JobRun first = run(1, "me,liked");
    assertThat(first.err(), first.exitCode(), is(0));
    assertThat(
        asked("/v1/me$|/v1/me/|/v1/playlists/"),
        hasSize(
            1 // whose library it is
                + 3 // its listing
                + LISTED // first answers
                + pagesOfLong
                + 1 // the long one's last look
                + 3 // the Liked Songs: 50, 50, 30
                + 1)); // and their last look
    assertThat(first.row().get("playlists_listed").asInt(), is(LISTED + 1));
    assertThat(first.row().get("playlists_read").asInt(), is(LISTED));
    assertThat(first.row().get("playlists_metadata_only").asInt(), is(1));
    Playlist liked = playlist(first, LIKED);
    assertThat(liked.name(), is("Liked Songs"));
    assertThat(liked.ownerId(), is(USER));
    assertThat(liked.snapshotId(), is(nullValue()));
    assertThat(liked.itemCount(), is(LIKED_ITEMS));
    assertThat(
        items(first, LIKED).stream().map(PlaylistItem::trackId).toList(),
        equalTo(tracks(LIKED_ITEMS).stream().map(LibraryTest::trackId).toList()));

    spotify.clearLog();
    JobRun second = run(2, "me,liked");
    assertThat(second.err(), second.exitCode(), is(0));
    assertThat(asked("/v1/me$"), hasSize(1));
    assertThat(asked("/v1/me/playlists"), hasSize(3));
    assertThat(asked("/v1/me/tracks"), hasSize(1));
    assertThat(asked("/v1/playlists/"), is(empty()));
    assertThat(second.row().get("requests").asInt(), is(spotify.apiRequests()));
    assertThat(second.row().get("playlists_unchanged").asInt(), is(LISTED));
    assertThat(second.row().get("playlists_metadata_only").asInt(), is(1));
    assertThat(statuses(second), equalTo(statusesUnchanged(first)));
    assertThat(allItems(second), equalTo(allItems(first)));
    assertThat(second.own(new PlaylistEventCodec()), is(empty()));
    assertThat(playlist(second, LONG).followers(), is(playlist(first, LONG).followers()));
    assertThat(playlist(second, LONG).itemsReadAt(), is(playlist(first, LONG).itemsReadAt()));
    assertThat(rejections(second), contains(HIDDEN + " " + Reason.NOT_READABLE_BY_THIS_APP));

    assertReplayedAlike(1, first);
    assertReplayedAlike(2, second);

    // The same day once more: its files take the place of those that were just read.
    JobRun again = run(2, "me,liked");
    assertThat(again.row().get("requests").asInt(), is(0));
    assertThat(allItems(again), equalTo(allItems(first)));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  void aPlanForetellsTheRunsOfALibrary(Dialect dialect) {
    spotify.close();
    spotify = start(dialect);
    fill();
    assertForetold(plan(1), 1, 1 + 3);
    assertThat(foretold(plan(2, "--offline")), is(foretold(plan(2))));
    assertForetold(plan(2), 2, 1 + 3);
    catalog.edit(LONG, list -> list.withSnapshotId("snapshot-2"));
    assertForetold(plan(3), 3, 1 + 3);
    assertForetold(plan(8), 8, 1 + 3);
  }

  private JsonNode plan(int day, String... flags) {
    List<String> args = new ArrayList<>(List.of("me,liked"));
    args.addAll(List.of(flags));
    spotify.clearLog();
    JsonNode plan = planOf(day, args.toArray(new String[0]));
    boolean offline = args.contains("--offline");
    // At most one request a playlist, and those that tell which playlists there are.
    assertThat(spotify.requests().size(), is(offline ? 0 : plan.get("requests_asked").asInt() + 1));
    assertThat(plan.get("requests_asked").asInt(), is(lessThanOrEqualTo(1 + 3 + LISTED + 1)));
    return plan;
  }

  /** What a plan says of requests, and of nothing that rests on having asked. */
  private static JsonNode foretold(JsonNode plan) {
    return ((ObjectNode) plan.deepCopy())
        .retain("library_requests", "playlist_requests", "detail_requests", "items");
  }

  private void assertForetold(JsonNode plan, int day, int library) {
    spotify.clearLog();
    run(day, "me,liked");
    assertThat(plan.get("library_requests").asInt(), is(library));
    assertThat(asked("/v1/me$|/v1/me/playlists"), hasSize(library));
    int playlists = asked("/v1/playlists/|/v1/me/tracks").size();
    assertThat(plan.get("playlist_requests").get("min").asInt(), is(playlists));
    assertThat(plan.get("playlist_requests").get("max").asInt(), is(playlists));
    int details = asked("/v1/(albums|artists)").size();
    assertThat(plan.get("detail_requests").get("min").asInt(), is(lessThanOrEqualTo(details)));
    assertThat(plan.get("detail_requests").get("max").asInt(), is(greaterThanOrEqualTo(details)));
  }

  static Stream<String> hiding() {
    return Stream.of("drop", "hash")
        .limit(Boolean.getBoolean("playlistlake.long") ? Integer.MAX_VALUE : 1);
  }

  @ParameterizedTest
  @MethodSource("hiding")
  void nobodyIsNamedWhoIsNotToBe(String addedBy) throws Exception {
    fill();
    catalog.put(ownedBy(USER, "mine"));
    list(with(catalog.library().playlistIds(), id("mine")));
    run(1, "me,liked", "--addedBy=" + addedBy);
    JobRun second = run(2, "me,liked", "--addedBy=" + addedBy, "--mine=owned");
    assertThat(second.row().get("playlists_unchanged").asInt(), is(2));
    String liked = ids(second).get(1);
    assertThat(liked, matchesPattern("liked:sha256:[0-9a-f]{32}"));
    assertThat(ids(second), contains(id("mine"), liked));
    assertThat(
        playlist(second, liked).ownerId(),
        is(addedBy.equals("hash") ? liked.substring("liked:".length()) : null));
    for (Path file : second.files()) {
      assertThat(file.toString(), AddedByTest.contents(file), not(containsString(USER)));
      assertThat(file.toString(), AddedByTest.contents(file), not(containsString("adder")));
    }

    // A lake that has named everybody, replayed into one that names nobody.
    run(3, "me,liked", "--addedBy=keep");
    JobRun replay =
        JobRun.replay(
            day(3),
            folder.resolve("lake/raw"),
            Files.createDirectories(folder.resolve("other")),
            "--addedBy=" + addedBy);
    assertThat(replay.err(), ids(replay), hasItem(startsWith("liked:sha256:")));
    for (Path file : replay.files()) {
      assertThat(file.toString(), AddedByTest.contents(file), not(containsString(USER)));
    }
  }

  @Test
  @LongProof
  void whatIsOldIsReadAgain() {
    fill();
    run(1, "me,liked");
    spotify.clearLog();
    JobRun eighth = run(8, "me,liked");
    assertThat(asked("/v1/playlists/"), hasSize(LISTED + 1 + 1));
    assertThat(asked("/v1/me/tracks"), hasSize(3 + 1));
    assertThat(eighth.row().get("playlists_read").asInt(), is(LISTED));
    spotify.clearLog();
    run(9, "me,liked", "--maxAge=0");
    assertThat(asked("/v1/playlists/"), hasSize(LISTED + 1 + 1));
  }

  @Test
  void onlyWhatHasChangedIsAskedFor() {
    fill();
    run(1, "me,liked");
    catalog.edit(LONG, list -> list.withSnapshotId("snapshot-2").withItems(tracks(131)));
    List<ItemData> more = new ArrayList<>(tracks(LIKED_ITEMS));
    more.remove(7);
    more.add(0, added(track(500), NEWEST.plusSeconds(60)));
    like(more);
    spotify.clearLog();
    JobRun second = run(2, "me,liked");
    assertThat(asked("/v1/playlists/"), hasSize(1 + 1 + 1));
    assertThat(asked("/v1/me/tracks"), hasSize(3 + 1));
    assertThat(playlist(second, LIKED).readStatus(), is(ReadStatus.READ));
    assertThat(
        second.own(new PlaylistEventCodec()).stream()
            .map(event -> event.playlistId() + " " + event.eventType())
            .sorted()
            .toList(),
        contains(
            LONG + " " + EventType.ADDED,
            LIKED + " " + EventType.ADDED,
            LIKED + " " + EventType.REMOVED));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  void anEmptyLibraryIsAnEmptyDay(Dialect dialect) {
    spotify.close();
    spotify = start(dialect);
    list(List.of());
    JobRun run = run(1, "me,liked");
    assertThat(run.err(), run.exitCode(), is(3));
    assertThat(spotify.apiRequests(), is(3));
    assertThat(run.row().get("playlists_listed").asInt(), is(1));
    assertThat(playlist(run, LIKED).itemCount(), is(0));
    assertThat(playlist(run, LIKED).readStatus(), is(ReadStatus.READ));
    JobRun me = run(2, "me");
    assertThat(me.exitCode(), is(3));
    assertThat(me.row().get("playlists_listed").asInt(), is(0));
  }

  @ParameterizedTest
  @MethodSource("dev.playlistlake.pipeline.Dialects#tried")
  void whatTheListingOmitsIsAskedForOnceBeforeItIsDropped(Dialect dialect) throws Exception {
    spotify.close();
    spotify = start(dialect);
    for (String id : List.of("a", "b", "c")) {
      catalog.put(PlaylistData.of(id(id), id, List.of(track(1))));
    }
    list(List.of(id("a"), id("b"), id("c")));
    run(1, "me");

    list(List.of(id("a"), id("c")));
    spotify.clearLog();
    JobRun omitted = run(2, "me");
    assertThat(asked("/v1/playlists/"), contains(containsString(id("b"))));
    assertThat(playlist(omitted, id("b")).readStatus(), is(ReadStatus.READ));
    assertReplayedAlike(1, null);
    assertReplayedAlike(2, omitted);

    list(List.of(id("a"), id("b"), id("c")));
    spotify.clearLog();
    JobRun back = run(3, "me");
    assertThat(asked("/v1/playlists/"), is(empty()));
    assertThat(ids(back), contains(id("a"), id("b"), id("c")));
    assertThat(back.own(new PlaylistEventCodec()), is(empty()));

    list(List.of(id("a"), id("c")));
    run(4, "me");
    spotify.clearLog();
    JobRun dropped = run(5, "me");
    assertThat(asked("/v1/playlists/"), is(empty()));
    assertThat(ids(dropped), contains(id("a"), id("c")));
    assertThat(dropped.own(new PlaylistEventCodec()), is(empty()));

    list(List.of(id("a")));
    catalog.remove(id("c"));
    JobRun gone = run(6, "me");
    assertThat(ids(gone), contains(id("a")));
    assertThat(
        gone.own(new PlaylistEventCodec()).stream().map(PlaylistEvent::eventType).toList(),
        contains(EventType.GONE));
  }

  /** On the second day they are omitted, and fetched; on the third they would leave. */
  @Test
  void aLibraryThatLosesManyPlaylistsAtOnceFailsTheAuditUnlessAllowed() {
    List<String> all = IntStream.range(0, 12).mapToObj(i -> id("m" + i)).toList();
    all.forEach(id -> catalog.put(PlaylistData.of(id, id, List.of(track(1), track(2)))));
    list(all);
    run(1, "me");
    list(all.subList(0, 6));
    JobRun omitted = run(2, "me");
    assertThat(omitted.err(), omitted.exitCode(), is(0));
    assertThat(ids(omitted), hasSize(12));

    JobRun third = run(3, "me");
    assertThat(third.err(), third.exitCode(), is(6));
    assertThat(third.err(), containsString("6 have left the library"));
    JobRun allowed = run(3, "me", "--allowGone");
    assertThat(allowed.err(), allowed.exitCode(), is(0));
    assertThat(ids(allowed), hasSize(6));
  }

  @Test
  void aPlaylistWithoutAnOwnerIsNotSomebodyElses() {
    catalog.put(PlaylistData.of(id("a"), "a", List.of(track(1))));
    list(List.of(id("a")));
    spotify.scriptAlways(
        "/v1/me/playlists",
        Scripted.edit(body -> body.replace("\"owner\":", "\"owner\":null,\"nobody\":")));
    assertThat(ids(run(1, "me", "--mine=owned")), contains(id("a")));
  }

  @Test
  void ownedLeavesOutWhatOthersOwn() {
    catalog.put(ownedBy(USER, "a"));
    catalog.put(ownedBy("another", "b"));
    list(List.of(id("a"), id("b")));
    JobRun run = run(1, "me", "--mine=owned");
    assertThat(ids(run), contains(id("a")));
    assertThat(spotify.apiRequests() - asked("albums|artists").size(), is(1 + 1 + 1));
    assertThat(ids(run(2, "me")), contains(id("a"), id("b")));
    // It is still listed: that it is no longer meant costs nothing.
    spotify.clearLog();
    assertThat(ids(run(3, "me", "--mine=owned")), contains(id("a")));
    assertThat(spotify.apiRequests(), is(2));
  }

  @Test
  void aListingThatFailsLeavesTheListOfTheDayBefore() {
    catalog.put(PlaylistData.of(id("a"), "a", List.of(track(1))));
    catalog.put(PlaylistData.of(id("b"), "b", List.of(track(2))));
    list(List.of(id("a"), id("b")));
    like(tracks(3));
    run(1, "me,liked");
    spotify.scriptAlways("/v1/me(/playlists|$)", Scripted.status(500, "{}"));
    JobRun second = run(2, "me,liked");
    assertThat(second.err(), second.exitCode(), is(3));
    assertThat(second.err(), containsString("Spotify did not tell your library"));
    assertThat(ids(second), contains(id("a"), id("b"), LIKED));
    assertThat(rejections(second), contains("me " + Reason.SERVER_ERROR));
    spotify.clearScripts();
    JobRun again = run(2, "me,liked");
    assertThat(again.exitCode(), is(0));
    assertThat(ids(again), contains(id("a"), id("b"), LIKED));
  }

  @Test
  void aListingThatFailsOnTheFirstDayIsAGap() throws Exception {
    spotify.scriptAlways("/v1/me", Scripted.status(403, "{}"));
    JobRun run = run(1, "me,liked");
    assertThat(run.err(), run.exitCode(), is(3));
    assertThat(rejections(run), contains("liked " + Reason.FORBIDDEN, "me " + Reason.FORBIDDEN));
    assertThat(run.err(), containsString("run login again"));
    assertReplayedAlike(1, run);
  }

  @Test
  void aListingThatChangesWhileItIsReadIsReadAgain() {
    fill();
    List<String> ids = catalog.library().playlistIds();
    catalog.put(PlaylistData.of(id("new"), "New", List.of(track(1))));
    spotify.script(
        "/v1/me/playlists.*offset=50", Scripted.normal().then(() -> list(with(ids, id("new")))));
    JobRun run = run(1, "me");
    assertThat(run.err(), run.exitCode(), is(0));
    assertThat(ids(run), hasItem(id("new")));
    assertThat(ids(run), hasSize(LISTED + 1));
  }

  @Test
  void likedSongsThatTheUserHasNotAgreedToAreAGap() {
    like(tracks(3));
    spotify.scriptAlways("/v1/me/tracks", Scripted.status(403, "{}"));
    JobRun run = run(1, "liked");
    assertThat(run.exitCode(), is(3));
    assertThat(rejections(run), contains(LIKED + " " + Reason.FORBIDDEN));
    assertThat(run.err(), containsString("login --liked"));
  }

  @Test
  void whoAgreesToLikedSongsLaterIsAskedAgainTheSameDay() {
    like(tracks(3));
    Scripted refusal = Scripted.status(403, "{}");
    spotify.script("/v1/me/tracks", refusal, refusal);
    assertThat(run(1, "liked").exitCode(), is(3));
    JobRun again = run(1, "liked");
    assertThat(again.err(), again.exitCode(), is(0));
    assertThat(playlist(again, LIKED).itemCount(), is(3));
  }

  @Test
  @LongProof
  void aReplayGoesByWhatTheRunHasFoundYoung() throws Exception {
    fill();
    run(1, "me", "--maxAge=30");
    JobRun old = run(12, "me", "--maxAge=30");
    assertThat(old.row().get("playlists_unchanged").asInt(), is(LISTED - 1));
    assertReplayedAlike(1, null);
    JobRun replay = JobRun.replay(day(12), folder.resolve("lake/raw"), folder.resolve("other"));
    assertThat(statuses(replay), equalTo(statuses(old)));
    assertThat(allItems(replay), equalTo(allItems(old)));
  }

  @Test
  @LongProof
  void aListingThatIsCutShortIsReplayedAsItWas() throws Exception {
    fill();
    run(1, "me");
    assertReplayedAlike(1, null);
    for (int budget : new int[] {1, 2, 3}) {
      JobRun cut = run(1 + budget, "me", "--requestBudget=" + budget);
      assertThat(cut.row().get("requests").asInt(), is(budget));
      assertThat(ids(cut), hasSize(LISTED));
      assertReplayedAlike(1 + budget, cut);
    }
    // One page tells another total, and the other one never comes.
    spotify.script(
        "offset=50", Scripted.edit(body -> body.replace("\"total\":120", "\"total\":121")));
    spotify.scriptAlways("offset=100", Scripted.status(500, "{}"));
    JobRun torn = run(5, "me");
    assertThat(torn.err(), torn.exitCode(), is(3));
    assertThat(ids(torn), hasSize(LISTED));
    assertReplayedAlike(5, torn);
  }

  @Test
  @LongProof
  void anotherRunOfTheDayDoesNoHarmByItsListing() throws Exception {
    fill();
    run(1, "me");
    assertReplayedAlike(1, null);
    run(2, "me");
    list(List.of());
    spotify.scriptAlways("/v1/me/playlists", Scripted.status(500, "{}"));
    JobRun second = run(2, "me", "--maxAge=0");
    assertThat(second.exitCode(), is(3));
    assertThat(ids(second), hasSize(LISTED));
    assertThat(
        second.files().stream().filter(file -> file.toString().contains("/library/")).count(),
        is(3L));
    spotify.clearScripts();
    JobRun third = run(2, "me");
    assertThat(third.row().get("requests").asInt(), is(0));
    assertThat(ids(third), hasSize(LISTED));
    assertReplayedAlike(2, third);
  }

  @Test
  void whatCouldNotBeAskedForIsNotDropped() {
    catalog.put(PlaylistData.of(id("a"), "a", List.of(track(1))));
    catalog.put(PlaylistData.of(id("b"), "b", List.of(track(2))));
    list(List.of(id("a"), id("b")));
    run(1, "me");
    list(List.of(id("a")));
    JobRun cut = run(2, "me", "--requestBudget=1");
    assertThat(playlist(cut, id("b")).readStatus(), is(ReadStatus.STALE));
    JobRun asked = run(3, "me");
    assertThat(playlist(asked, id("b")).readStatus(), is(ReadStatus.READ));
    assertThat(ids(run(4, "me")), contains(id("a")));
  }

  @Test
  void plansOfOwnedAndOfLikedAloneAreRightToo() throws Exception {
    catalog.put(ownedBy(USER, "a"));
    catalog.put(ownedBy("another", "b"));
    list(List.of(id("a"), id("b")));
    like(tracks(60));
    spotify.close();
    spotify = start(Dialect.RESTRICTED);
    for (String[] flags :
        new String[][] {{"liked"}, {"me", "--mine=owned"}, {"me,liked", "--mine=owned"}}) {
      JsonNode plan = planOf(1, flags);
      spotify.clearLog();
      Path own = folder.resolve(flags[0].replace(",", "") + flags.length);
      Files.createDirectory(own);
      JobRun run = JobRun.asUser(day(1), spotify, own, args(flags));
      assertThat(run.err(), run.exitCode(), is(0));
      // A batch and another one for artists, or a refused one and its confirmation: two each way.
      assertThat(plan.get("requests").get("min").asInt(), is(spotify.apiRequests()));
      assertThat(plan.get("requests").get("max").asInt(), is(spotify.apiRequests()));
    }
    run(1, "me", "--mine=owned");
    spotify.clearLog();
    JsonNode offline = planOf(2, "me", "--mine=owned", "--offline");
    assertThat(spotify.requests(), is(empty()));
    JsonNode online = planOf(2, "me", "--mine=owned");
    assertThat(spotify.apiRequests(), is(2));
    assertThat(foretold(offline), is(foretold(online)));
    assertThat(offline.get("playlists_listed").asInt(), is(1));
  }

  private JsonNode planOf(int day, String... playlistsAndFlags) {
    JobRun plan =
        JobRun.commandAsUser(
            "plan",
            day(day),
            spotify,
            folder,
            with(List.of(args(playlistsAndFlags)), "--format=json").toArray(new String[0]));
    assertThat(plan.err(), plan.exitCode(), is(0));
    return plan.row();
  }

  private static String[] args(String... playlistsAndFlags) {
    String[] args = playlistsAndFlags.clone();
    args[0] = "--playlists=" + args[0];
    return args;
  }

  @Test
  void anAppAloneHasNoLibrary() {
    JobRun run = JobRun.on(day(1), spotify, folder, "--playlists=me");
    assertThat(run.exitCode(), is(5));
    assertThat(run.err(), containsString("run login"));
    assertThat(spotify.requests(), is(empty()));
  }

  @Test
  @LongProof
  void aSpentBudgetKeepsTheDayBefore() throws Exception {
    fill();
    run(1, "me,liked");
    catalog.edit(LONG, list -> list.withSnapshotId("snapshot-2"));
    JobRun second = run(2, "me,liked", "--requestBudget=0");
    assertThat(second.exitCode(), is(4));
    assertThat(second.row().get("requests").asInt(), is(0));
    assertThat(ids(second), hasSize(LISTED + 1));
    JobRun third = run(3, "me,liked", "--requestBudget=4");
    assertThat(third.exitCode(), is(4));
    assertThat(third.row().get("requests").asInt(), is(4));
    assertThat(third.row().get("playlists_unchanged").asInt(), is(LISTED - 2));
    assertReplayedAlike(1, null);
    assertReplayedAlike(2, second);
    assertReplayedAlike(3, third);
  }

  @Test
  void aLibraryAndAListGoTogether() {
    catalog.put(PlaylistData.of(id("a"), "a", List.of(track(1))));
    catalog.put(PlaylistData.of(id("b"), "b", List.of(track(2))));
    list(List.of(id("a")));
    JobRun run = run(1, id("b") + ",me,nonsense");
    assertThat(run.exitCode(), is(0));
    assertThat(ids(run), contains(id("a"), id("b")));
    assertThat(rejections(run), contains("nonsense " + Reason.INVALID_ID));
  }

  private JobRun run(int day, String playlists, String... flags) {
    List<String> args = new ArrayList<>(List.of(flags));
    args.add("--playlists=" + playlists);
    if (!days.add(day)) {
      JobRun.awaitNextSecond();
    }
    return JobRun.asUser(day(day), spotify, folder, args.toArray(new String[0]));
  }

  /** Where no run is given, the day only has to be there for the next one to lean on. */
  private void assertReplayedAlike(int day, @Nullable JobRun run) throws IOException {
    Path other = Files.createDirectories(folder.resolve("other"));
    JobRun replay = JobRun.replay(day(day), folder.resolve("lake/raw"), other);
    if (run == null) {
      return;
    }
    assertThat(replay.row().get("requests").asInt(), is(0));
    var rows = PurityIT.rowsOf(run);
    var replayed = PurityIT.rowsOf(replay);
    for (LakeTable table : rows.keySet()) {
      assertThat(table.tableName(), replayed.get(table), equalTo(rows.get(table)));
    }
    for (String count : List.of("playlists_listed", "playlists_rejected", "playlists_stale")) {
      assertThat(replay.row().get(count), equalTo(run.row().get(count)));
    }
  }

  private List<String> asked(String regex) {
    return spotify.requests().stream()
        .filter(request -> !request.isToken())
        .map(LoggedRequest::pathAndQuery)
        .filter(path -> Pattern.compile(regex).matcher(path).find())
        .toList();
  }

  private static List<String> ids(JobRun run) {
    return run.own(new PlaylistCodec()).stream().map(Playlist::playlistId).sorted().toList();
  }

  private static Playlist playlist(JobRun run, String id) {
    return run.own(new PlaylistCodec()).stream()
        .filter(row -> row.playlistId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static List<PlaylistItem> items(JobRun run, String id) {
    return allItems(run).stream().filter(item -> item.playlistId().equals(id)).toList();
  }

  private static List<PlaylistItem> allItems(JobRun run) {
    return run.own(new PlaylistItemCodec()).stream()
        .sorted(
            Comparator.comparing(PlaylistItem::playlistId).thenComparing(PlaylistItem::position))
        .toList();
  }

  private static TreeSet<String> statuses(JobRun run) {
    TreeSet<String> statuses = new TreeSet<>();
    run.own(new PlaylistCodec())
        .forEach(row -> statuses.add(row.playlistId() + " " + row.readStatus()));
    return statuses;
  }

  private static TreeSet<String> statusesUnchanged(JobRun run) {
    TreeSet<String> statuses = new TreeSet<>();
    statuses(run).forEach(line -> statuses.add(line.replace(" READ", " UNCHANGED")));
    return statuses;
  }

  private static List<String> rejections(JobRun run) {
    return run.own(new RejectionCodec()).stream()
        .map(row -> row.subjectId() + " " + row.reason())
        .sorted()
        .toList();
  }

  private static LocalDate day(int day) {
    return DAY.plusDays(day);
  }

  private static List<String> with(List<String> ids, String more) {
    List<String> all = new ArrayList<>(ids);
    all.add(more);
    return all;
  }

  private static PlaylistData ownedBy(String owner, String name) {
    return PlaylistData.of(id(name), name, List.of(track(1))).withOwner(owner, owner);
  }

  private static String trackId(ItemData item) {
    return Objects.requireNonNull(Objects.requireNonNull(item.track()).id());
  }

  private static List<ItemData> tracks(int count) {
    return IntStream.range(0, count).mapToObj(LibraryTest::track).toList();
  }

  /** The later the number, the earlier it was added. */
  private static ItemData track(int number) {
    String id = id("t" + number);
    ArtistData artist = new ArtistData(id("r"), "Artist", List.of("pop"), 50, 7);
    AlbumData album =
        new AlbumData(
            id("a"), "Album", "album", "2021", "year", 9, List.of(artist), "Label", 40, "upc");
    TrackData track =
        new TrackData(
            id,
            "spotify:track:" + id,
            "Track " + number,
            1_000,
            false,
            1,
            1,
            30,
            "isrc" + number,
            album,
            List.of(artist));
    return ItemData.track(NEWEST.minusSeconds(number).toString(), "adder", track);
  }

  private static ItemData added(ItemData item, Instant at) {
    return ItemData.track(at.toString(), "adder", Objects.requireNonNull(item.track()));
  }

  private static String id(String name) {
    return ("0".repeat(22) + name).substring(name.length());
  }
}
