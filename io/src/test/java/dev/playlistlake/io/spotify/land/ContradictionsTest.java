package dev.playlistlake.io.spotify.land;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.StandInCatalog.Access;
import dev.playlistlake.io.spotify.api.PlaylistSlot;
import dev.playlistlake.io.spotify.reading.PlaylistFetch;
import dev.playlistlake.model.Playlist;
import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.Reason;
import dev.playlistlake.model.run.PreviousPlaylist;
import dev.playlistlake.model.run.UriPrefixes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses that contradict each other, themselves or the day before. */
class ContradictionsTest {
  private static final String ID = SpotifyLab.id("contradictory");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> WITHDRAWN =
      Set.of(
          SpotifyLab.id("t10"), SpotifyLab.id("t60"), SpotifyLab.id("t61"), SpotifyLab.id("t130"));

  private final Path lake;

  ContradictionsTest(@TempDir Path lake) {
    this.lake = lake;
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void entriesThatNoPageShowsAreNoEdit(Dialect dialect) throws Exception {
    try (SpotifyLab lab = lab(dialect, 180)) {
      lab.spotify.scriptAlways("/v1/playlists/", edit(ContradictionsTest::withdraw));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      int pages = dialect == Dialect.RESTRICTED ? 2 : 1;
      assertThat(lab.asked(), hasSize(2 * (1 + pages)));
      assertIsWhole(lab, 176);
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void pagesAreContinuedWhereTheyEndNotWhereTheyWerePlanned(Dialect dialect) throws Exception {
    try (SpotifyLab lab = lab(dialect, 250)) {
      lab.spotify.scriptAlways("offset=\\d", edit(page -> cap(page, 20)));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertIsWhole(lab, 250);
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anEmptyResponseNeverReplacesWhatTheSameSnapshotHeld(Dialect dialect) throws Exception {
    try (SpotifyLab lab = lab(dialect, 150)) {
      lab.before = Map.of(ID, before(dialect, 150));
      lab.spotify.scriptAlways(ID, edit(ContradictionsTest::empty));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.PARTIAL));
      assertThat(lab.stored(ID).reason(), is(Reason.CONTRADICTORY_RESPONSE));
      assertThat(lab.asked(), hasSize(3));
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void anEmptyResponseThatPassesCostsOneRequest(Dialect dialect) throws Exception {
    try (SpotifyLab lab = lab(dialect, 90)) {
      lab.before = Map.of(ID, before(dialect, 90));
      lab.spotify.script(ID, edit(ContradictionsTest::empty));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertIsWhole(lab, 90);
    }
  }

  @Test
  void withoutItemsAndWithATotalNothingIsRead() throws Exception {
    try (SpotifyLab lab = lab(Dialect.EXTENDED, 150)) {
      lab.spotify.scriptAlways(ID, edit(page -> page.putArray("items")));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.PARTIAL));
      assertThat(lab.stored(ID).reason(), is(Reason.CONTRADICTORY_RESPONSE));
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void theSameSnapshotWithOtherItemsIsReadTwice(Dialect dialect) throws Exception {
    try (SpotifyLab lab = lab(dialect, 150)) {
      PreviousPlaylist known = before(dialect, 150);
      lab.before = Map.of(ID, known.withPrefixes(UriPrefixes.of(List.of("spotify:track:other"))));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
      assertThat(lab.asked(), hasSize(4));
      assertIsWhole(lab, 150);
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void theSameSnapshotWithTheSameItemsIsOneRequest(Dialect dialect) throws Exception {
    try (SpotifyLab lab = lab(dialect, 150)) {
      PreviousPlaylist known = before(dialect, 150);
      List<String> uris = new ArrayList<>();
      IntStream.range(0, 150).forEach(i -> uris.add("spotify:track:" + SpotifyLab.id("t" + i)));
      lab.before = Map.of(ID, known.withPrefixes(UriPrefixes.of(uris)));
      lab.land(ID);
      assertThat(lab.asked(), hasSize(1));
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.UNCHANGED));
    }
  }

  @Test
  void refusalsOfOneKindAreConfirmedOnce() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      List<String> ids = IntStream.range(0, 40).mapToObj(i -> SpotifyLab.id("closed" + i)).toList();
      ids.forEach(id -> lab.catalog.put(SpotifyLab.playlist(id, 5).withAccess(Access.FORBIDDEN)));
      lab.land(lab.refreshPolicy(7), ids);
      assertThat(lab.asked(), hasSize(41));
      ids.forEach(id -> assertThat(lab.stored(id).outcome(), is(RawOutcome.REJECTED)));
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aRefusalThatPassesCostsOneRequestAndNoRow(Dialect dialect) throws Exception {
    for (int status : new int[] {400, 403, 404, 202, 204}) {
      try (SpotifyLab lab = new SpotifyLab(lake.resolve("of" + status), dialect)) {
        lab.catalog.put(SpotifyLab.playlist(ID, 150));
        lab.spotify.script("offset=100", Scripted.status(status, "{}"));
        lab.land(ID);
        assertThat("status " + status, lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
        assertThat(lab.asked(), hasSize(4));
        assertIsWhole(lab, 150);
      }
    }
  }

  @Test
  void aRefusalIsFinalForItsRunOnly() throws Exception {
    try (SpotifyLab lab = new SpotifyLab(lake, Dialect.EXTENDED)) {
      lab.catalog.put(SpotifyLab.playlist(ID, 5).withAccess(Access.FORBIDDEN));
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.REJECTED));
      lab.catalog.put(SpotifyLab.playlist(ID, 5));
      lab.newRun();
      lab.land(ID);
      assertThat(lab.stored(ID).outcome(), is(RawOutcome.COMPLETE));
    }
  }

  private SpotifyLab lab(Dialect dialect, int items) {
    SpotifyLab lab = new SpotifyLab(lake, dialect);
    lab.catalog.put(SpotifyLab.playlist(ID, items));
    return lab;
  }

  /** The state of a day before with the same playlist. */
  private PreviousPlaylist before(Dialect dialect, int items) throws Exception {
    try (SpotifyLab yesterday = new SpotifyLab(lake.resolve("before"), dialect)) {
      yesterday.catalog.put(SpotifyLab.playlist(ID, items));
      yesterday.land(ID);
      Playlist row =
          Objects.requireNonNull(PlaylistFetch.replaying(ID, yesterday.stored(ID)).playlist());
      Instant at = Instant.parse("2026-11-19T06:00:00Z");
      return new PreviousPlaylist(ReadStatus.READ, row.snapshotId(), 0, items, items, at, at, null);
    }
  }

  private static void assertIsWhole(SpotifyLab lab, int items) {
    List<PlaylistSlot> slots = lab.slots(ID);
    assertThat(slots, hasSize(items));
    Set<String> uris = new HashSet<>();
    for (int i = 0; i < slots.size(); i++) {
      assertThat(slots.get(i).seen().item().position(), is(i));
      uris.add(slots.get(i).seen().item().itemUri());
    }
    assertThat("no item twice", uris, hasSize(items));
  }

  /** Edits the page of a response, which may be within a playlist. */
  private static Scripted edit(Consumer<ObjectNode> edit) {
    UnaryOperator<String> ofBody =
        body -> {
          try {
            ObjectNode root = (ObjectNode) MAPPER.readTree(body);
            JsonNode tracks = root.path("tracks").isObject() ? root.get("tracks") : root;
            edit.accept((ObjectNode) (root.path("items").isObject() ? root.get("items") : tracks));
            return root.toString();
          } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
          }
        };
    return Scripted.edit(ofBody);
  }

  private static void withdraw(ObjectNode page) {
    ArrayNode items = (ArrayNode) page.get("items");
    for (int i = items.size() - 1; i >= 0; i--) {
      String id = items.get(i).path("track").path("id").asText();
      String other = items.get(i).path("item").path("id").asText();
      if (WITHDRAWN.contains(id) || WITHDRAWN.contains(other)) {
        items.remove(i);
      }
    }
  }

  private static void cap(ObjectNode page, int most) {
    ArrayNode items = (ArrayNode) page.get("items");
    int offset = page.get("offset").asInt();
    while (items.size() > most) {
      items.remove(most);
    }
    if (offset + most < page.get("total").asInt()) {
      page.put("next", "https://api.spotify.com/v1/x?offset=" + (offset + most) + "&limit=" + most);
    }
  }

  private static void empty(ObjectNode page) {
    page.putArray("items");
    page.put("total", 0);
    page.putNull("next");
  }
}
