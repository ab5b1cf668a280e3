package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
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
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
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
