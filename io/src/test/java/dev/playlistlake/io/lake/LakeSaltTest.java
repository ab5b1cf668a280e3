package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LakeSaltTest {
  private static final int RUNS = 8;

  private final Path lake;
  private final Path file;
  private final String path;

  LakeSaltTest(@TempDir Path lake) {
    this.lake = lake;
    this.file = lake.resolve("_salt");
    this.path = new LakeLayout(lake.toString(), "2026-11-20", "r").salt();
  }

  @BeforeAll
  static void useFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void isMadeOnceForItsOwnerAlone() throws IOException {
    assertThat(LakeSalt.makeIfAbsent(path), is(true));
    String written = Files.readString(file);
    assertThat(written.matches("[0-9a-f]{64}\n"), is(true));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), is("rw-------"));
    assertThat(LakeSalt.makeIfAbsent(path), is(false));
    assertThat(Files.readString(file), is(written));
    assertThat(HexFormat.of().formatHex(LakeSalt.read(path)), is(written.strip()));
    try (Stream<Path> all = Files.list(lake)) {
      assertThat(all.toList(), equalTo(List.of(file)));
    }
  }

  @Test
  void isAnotherInEveryLake() throws IOException {
    String other = Files.createDirectory(lake.resolve("other")) + "/_salt";
    LakeSalt.makeIfAbsent(path);
    LakeSalt.makeIfAbsent(other);
    assertThat(LakeSalt.read(other), not(equalTo(LakeSalt.read(path))));
  }

  /** Runs that begin at once find one salt, whoever makes it. */
  @Test
  void isOneForRunsSideBySide() throws Exception {
    ExecutorService runs = Executors.newFixedThreadPool(RUNS);
    try {
      for (int round = 0; round < 50; round++) {
        String ofRound = Files.createDirectory(lake.resolve("lake" + round)) + "/_salt";
        CountDownLatch start = new CountDownLatch(1);
        Callable<String> run =
            () -> {
              start.await();
              LakeSalt.makeIfAbsent(ofRound);
              return HexFormat.of().formatHex(LakeSalt.read(ofRound));
            };
        List<Future<String>> salts = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
          salts.add(runs.submit(run));
        }
        start.countDown();
        Set<String> distinct = new HashSet<>();
        for (Future<String> salt : salts) {
          distinct.add(salt.get());
        }
        assertThat(distinct, hasSize(1));
      }
    } finally {
      runs.shutdownNow();
    }
  }

  /** Another run makes its salt in one go, before each of the requests of this run. */
  @Test
  void isOneInAnObjectStoreWhereverAnotherRunComesBetween() throws IOException {
    int requests = Integer.MAX_VALUE;
    for (int at = 0; at < requests; at++) {
      int before = at;
      String name = "between" + at;
      Path ofRound = Files.createDirectory(lake.resolve(name));
      AtomicInteger calls = new AtomicInteger();
      AtomicReference<String> salt = new AtomicReference<>("");
      Set<String> used = new HashSet<>();
      RemoteFileSystem.Store store =
          RemoteFileSystem.store(
              (call, path) -> {
                if (path.contains(name) && calls.getAndIncrement() == before) {
                  otherRun(String.valueOf(salt.get()), used);
                }
              });
      salt.set(store.path(ofRound) + "/_salt");
      LakeSalt.makeIfAbsent(String.valueOf(salt.get()));
      used.add(hex(String.valueOf(salt.get())));
      assertThat("before request " + at, used, hasSize(1));
      try (Stream<Path> all = Files.list(ofRound).filter(Files::isRegularFile)) {
        assertThat("before request " + at, all.toList(), is(List.of(ofRound.resolve("_salt"))));
      }
      requests = calls.get() > at ? requests : at;
    }
    assertThat(requests, is(greaterThan(5)));
  }

  /** It may fail, for the run that it interrupts stands still; it must not use another salt. */
  private static void otherRun(String salt, Set<String> used) {
    try {
      LakeSalt.elect(salt, () -> {});
      used.add(hex(salt));
    } catch (LakeException e) {
      assertThat(e.getMessage(), containsString("other runs are making it"));
    }
  }

  private static String hex(String salt) {
    return HexFormat.of().formatHex(LakeSalt.read(salt));
  }

  @Test
  void isOneForRunsSideBySideInAnObjectStore() throws Exception {
    ExecutorService runs = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 40; round++) {
        Random random = new Random(round);
        RemoteFileSystem.Store store =
            RemoteFileSystem.store((call, path) -> LockSupport.parkNanos(random.nextInt(400_000)));
        String salt = store.path(Files.createDirectory(lake.resolve("store" + round))) + "/_salt";
        CountDownLatch start = new CountDownLatch(1);
        Callable<String> run =
            () -> {
              start.await();
              if (!LakeSalt.isThere(salt)) {
                LakeSalt.elect(salt, () -> LockSupport.parkNanos(random.nextInt(9_000_000)));
              }
              return hex(salt);
            };
        List<Future<String>> salts = List.of(runs.submit(run), runs.submit(run));
        start.countDown();
        assertThat("round " + round, salts.get(0).get(), is(salts.get(1).get()));
      }
    } finally {
      runs.shutdownNow();
    }
  }

  @Test
  void isNotMadeBesideTheCandidateOfARunThatDied() throws IOException {
    String salt = RemoteFileSystem.store((call, path) -> {}).path(lake) + "/_salt";
    Files.writeString(lake.resolve("_salt-dead"), "");
    LakeException e = assertThrows(LakeException.class, () -> LakeSalt.elect(salt, () -> {}));
    assertThat(e.getMessage(), containsString(salt + "-dead; if no other run is at work, remove"));
    Files.delete(lake.resolve("_salt-dead"));
    assertThat(LakeSalt.makeIfAbsent(salt), is(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "zz00000000000000000000000000000000000000000000000000000000000000",
        "00000000000000000000000000000000000000000000000000000000000000000"
      })
  void isNeverReplacedWhereItIsNone(String written) throws IOException {
    Files.writeString(file, written);
    LakeException e = assertThrows(LakeException.class, () -> LakeSalt.makeIfAbsent(path));
    assertThat(e.getMessage(), containsString(path + " is no salt (64 hexadecimal digits)"));
    assertThrows(LakeException.class, () -> LakeSalt.read(path));
    assertThat(Files.readString(file), is(written));
  }

  @Test
  void isNotMadeWhereAnythingLies() throws IOException {
    Files.createSymbolicLink(file, lake.resolve("gone"));
    LakeException gone = assertThrows(LakeException.class, () -> LakeSalt.makeIfAbsent(path));
    assertThat(gone.getMessage(), containsString(path));
    Files.delete(file);
    Files.createDirectory(file);
    LakeException folder = assertThrows(LakeException.class, () -> LakeSalt.makeIfAbsent(path));
    assertThat(folder.getMessage(), containsString(path));
    assertThat(Files.isDirectory(file), is(true));
  }

  @Test
  void whatIsAbsentIsSaid() {
    LakeException e = assertThrows(LakeException.class, () -> LakeSalt.read(path));
    assertThat(e.getMessage(), containsString("cannot read " + path));
  }
}
