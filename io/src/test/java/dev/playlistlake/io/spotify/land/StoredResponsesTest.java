package dev.playlistlake.io.spotify.land;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.io.lake.LakeException;
import dev.playlistlake.io.lake.LakeLayout;
import dev.playlistlake.io.lake.RemoteFileSystem;
import dev.playlistlake.io.lake.RemoteFileSystem.Call;
import dev.playlistlake.io.raw.RawAttempt;
import dev.playlistlake.io.raw.RawDay;
import dev.playlistlake.io.raw.RawObject;
import dev.playlistlake.io.raw.RawOutcome;
import dev.playlistlake.io.raw.RawStore;
import dev.playlistlake.io.raw.StoredResponseRef;
import dev.playlistlake.io.sample.Dialect;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.io.spotify.stored.Enrichment;
import dev.playlistlake.io.spotify.stored.LandedDetails;
import dev.playlistlake.io.spotify.stored.PlaylistReplay;
import dev.playlistlake.io.spotify.stored.RefreshPolicy;
import dev.playlistlake.io.spotify.users.UserIdPolicy;
import dev.playlistlake.model.ListEntry;
import dev.playlistlake.model.SubjectType;
import dev.playlistlake.model.run.FetchReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A day that has much stored already, in storage where each request takes its time. */
class StoredResponsesTest {
  private static final int PLAYLISTS = 160;
  private static final Duration PER_REQUEST = Duration.ofMillis(30);

  /** Of an answer that does not compress to nothing. */
  private static final String BODY =
      new Random(1).ints(5_000).mapToObj(Integer::toHexString).collect(Collectors.joining());

  private static final Instant LONG_AGO = Instant.parse("2026-11-19T06:00:00Z");

  /** The runs before have ended long ago. */
  private static final RefreshPolicy POLICY =
      new RefreshPolicy(SpotifyLab.DAY, 7, Instant.parse("2026-11-20T06:00:00Z"));

  private static final StandInOptions OPTIONS =
      StandInOptions.defaults().withDialect(Dialect.EXTENDED);

  private final Path folder;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();

  StoredResponsesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void useFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  private void wait(Call call, String path) {
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    try {
      TimeUnit.NANOSECONDS.sleep(PER_REQUEST.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      inFlight.decrementAndGet();
    }
  }

  private static List<String> ids() {
    return IntStream.range(0, PLAYLISTS).mapToObj(i -> SpotifyLab.id("p" + i)).toList();
  }

  private static List<String> rowsOf(List<StoredResponseRef> landed) {
    return landed.stream().flatMap(ref -> ref.rowsOf().stream()).toList();
  }

  /** Playlists that earlier runs of the day have fetched. */
  private void store(RawOutcome outcome, Instant writtenAt) throws IOException {
    RawDay day = RawDay.of(new LakeLayout(folder.toString(), SpotifyLab.DAY.toString(), "r"));
    RawStore playlists = new RawStore(day, "playlist");
    for (String id : ids()) {
      RawObject.Draft draft = new RawObject.Draft();
      String request = "GET /v1/playlists/" + id;
      draft.add(
          RawObject.compress(
              new RawAttempt(request, 200, Instant.EPOCH, Map.of(), id + BODY + id.hashCode())));
      Path path = Path.of(playlists.write(id, draft, outcome, null));
      Files.setLastModifiedTime(path, FileTime.from(writtenAt));
    }
  }

  /** Of 16 at once, each takes two requests: its size, and its end. */
  @Test
  void areReadSideBySideAndFromTheirEndOnly() throws Exception {
    store(RawOutcome.COMPLETE, LONG_AGO);
    RemoteFileSystem.Store store = RemoteFileSystem.store(this::wait);
    try (SpotifyLab lab = new SpotifyLab(store.path(folder), OPTIONS)) {
      long start = System.nanoTime();
      PlaylistLanding.Result result = lab.land(POLICY, ids());
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      assertThat(lab.asked(), is(empty()));
      assertThat(rowsOf(result.landed()), is(ids()));
      assertThat(result.report().requests(), is(0L));
      assertThat(store.calls(), is(1 + 2 * PLAYLISTS));
      assertThat(store.bytesRead(), is(lessThan(PLAYLISTS * 1025L)));
      assertThat(mostInFlight.get(), is(greaterThan(8)));
      assertThat(took, is(lessThan(PER_REQUEST.multipliedBy(PLAYLISTS))));
    }
  }

  /** In what was stored since this run began there may be requests of its own. */
  @Test
  void areReadWholeWhereTheirRequestsMayBeThisRuns() throws Exception {
    store(RawOutcome.COMPLETE, Instant.now());
    RemoteFileSystem.Store store = RemoteFileSystem.store((call, path) -> {});
    try (SpotifyLab lab = new SpotifyLab(store.path(folder), OPTIONS)) {
      RefreshPolicy refreshPolicy = new RefreshPolicy(SpotifyLab.DAY, 7, Instant.EPOCH);
      PlaylistLanding.Result result = lab.land(refreshPolicy, ids());
      assertThat(lab.asked(), is(empty()));
      assertThat(rowsOf(result.landed()), is(ids()));
      assertThat(result.report().requests(), is((long) PLAYLISTS));
    }
  }

  @Test
  void areFetchedAgainIfCutShort() throws Exception {
    store(RawOutcome.COMPLETE, LONG_AGO);
    String cut = ids().get(7);
    try (Stream<Path> all = Files.walk(folder)) {
      Path object = all.filter(path -> path.toString().contains(cut)).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(object);
      Files.write(object, Arrays.copyOf(bytes, bytes.length - 1));
      Files.setLastModifiedTime(object, FileTime.from(LONG_AGO));
    }
    RemoteFileSystem.Store store = RemoteFileSystem.store((call, path) -> {});
    try (SpotifyLab lab = new SpotifyLab(store.path(folder), OPTIONS)) {
      lab.catalog.put(SpotifyLab.playlist(cut, 3));
      lab.land(POLICY, ids());
      assertThat(lab.asked().size(), is(1));
      assertThat(lab.asked().get(0).contains(cut), is(true));
    }
  }

  /** With {@code --maxAge=0} everything is fetched again, whatever the day has stored. */
  @Test
  void areFetchedAgainWithoutAnAgeThatIsAllowed() throws Exception {
    store(RawOutcome.REJECTED, LONG_AGO);
    RemoteFileSystem.Store store = RemoteFileSystem.store((call, path) -> {});
    try (SpotifyLab lab = new SpotifyLab(store.path(folder), OPTIONS)) {
      String id = ids().get(0);
      lab.catalog.put(SpotifyLab.playlist(id, 3));
      lab.land(new RefreshPolicy(SpotifyLab.DAY, 0, POLICY.startedAt()), List.of(id));
      assertThat(lab.asked().size(), is(1));
    }
  }

  @Test
  void failLoudlyWhereStorageDoes() throws Exception {
    store(RawOutcome.COMPLETE, LONG_AGO);
    String bad = ids().get(100);
    RemoteFileSystem.Store store =
        RemoteFileSystem.store(
            (call, path) -> {
              if (call == Call.OPEN && path.contains(bad)) {
                throw new IOException("the disk hums");
              }
            });
    try (SpotifyLab lab = new SpotifyLab(store.path(folder), OPTIONS)) {
      LakeException e = assertThrows(LakeException.class, () -> lab.land(POLICY, ids()));
      assertThat(e.getMessage(), endsWith("IOException: the disk hums"));
    }
  }

  @Test
  void areFoundSideBySideByAReplay() throws Exception {
    store(RawOutcome.COMPLETE, LONG_AGO);
    RemoteFileSystem.Store store = RemoteFileSystem.store(this::wait);
    LakeLayout layout = new LakeLayout(store.path(folder), SpotifyLab.DAY.toString(), "r");
    List<ListEntry> list = new ArrayList<>();
    ids().forEach(id -> list.add(new ListEntry(list.size(), id, id)));
    List<StoredResponseRef> found =
        new PlaylistReplay(RawDay.replayed(layout.rawDay(), "r"), UserIdPolicy.keep().open())
            .find(list, Map.of());
    assertThat(rowsOf(found), is(ids()));
    assertThat(mostInFlight.get(), is(greaterThan(8)));
  }

  /** Which of two answers counts must not depend on which was read first. */
  @Test
  void ofDetailsCountInTheOrderOfTheirNames() throws Exception {
    RawDay day = RawDay.of(new LakeLayout(folder.toString(), SpotifyLab.DAY.toString(), "r"));
    RawStore albums = new RawStore(day, "album");
    String album = SpotifyLab.id("a");
    for (int i = 0; i < 50; i++) {
      RawObject.Draft draft = new RawObject.Draft();
      draft.add(
          RawObject.compress(
              new RawAttempt("GET /v1/albums/" + album, 404, Instant.EPOCH, Map.of(), "{}")));
      albums.write("r-%02d".formatted(i), draft, RawOutcome.COMPLETE, null);
    }
    RemoteFileSystem.Store store =
        RemoteFileSystem.store(
            (call, path) -> {
              if (path.contains("r-00")) {
                wait(call, path);
              }
            });
    try (SpotifyLab lab = new SpotifyLab(store.path(folder), OPTIONS)) {
      LandedDetails details =
          lab.details(
              new Enrichment(true, true, false), List.of(album), List.of(), FetchReport.start());
      assertThat(lab.asked(), is(empty()));
      List<StoredResponseRef> gaps =
          details.landed().stream().filter(ref -> !ref.gapsOf().isEmpty()).toList();
      assertThat(gaps.stream().map(StoredResponseRef::kind).toList(), contains(SubjectType.ALBUM));
      assertThat(gaps.get(0).path().endsWith("r-00.jsonl.gz"), is(true));
    }
  }
}
