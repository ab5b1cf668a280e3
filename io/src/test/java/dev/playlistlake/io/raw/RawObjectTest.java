package dev.playlistlake.io.raw;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawObjectTest {
  private final Path file;

  RawObjectTest(@TempDir Path folder) throws IOException {
    this.file = folder.resolve("p.jsonl.gz");
    RawObject.Draft draft = new RawObject.Draft();
    draft.add(
        RawObject.compress(
            new RawAttempt(
                "GET /v1/playlists/p",
                200,
                Instant.EPOCH,
                Map.of(),
                "{\"outcome\":\"COMPLETE\"}")));
    draft.write(
        file.toString(), folder.resolve("aside").toString(), RawOutcome.PARTIAL, Reason.TIMEOUT);
  }

  @BeforeAll
  static void useFolders() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  @Test
  void anObjectIsWholeWithItsLastLine() throws IOException {
    assertThat(RawObject.isWhole(file.toString()), is(true));
    assertThat(RawObject.readWhole(file.toString()).outcome(), is(RawOutcome.PARTIAL));
  }

  /** At each byte, also between two lines; both ways to look come to the same. */
  @Test
  void anObjectThatIsCutAnywhereIsNotWhole() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      boolean isWhole = RawObject.isWhole(file.toString());
      assertThat("cut at " + length, RawObject.read(file.toString()).isPresent(), is(isWhole));
      assertThat("cut at " + length, isWhole, is(false));
    }
  }

  /** A byte of an answer: only who unpacks all of it finds out. */
  @Test
  void anObjectThatIsDamagedInItsMiddleCountsAsAbsent() throws IOException {
    assertThat(RawObject.readOrAbsent(file.toString()).attempts(), hasSize(1));
    byte[] bytes = Files.readAllBytes(file);
    // Past the head of the first gzip member, in what it holds.
    bytes[24] ^= 1;
    Files.write(file, bytes);
    assertThat(RawObject.isWhole(file.toString()), is(true));
    assertThat(RawObject.read(file.toString()).isPresent(), is(false));
    RawObject damaged = RawObject.readOrAbsent(file.toString());
    assertThat(damaged.attempts(), is(empty()));
    assertThat(damaged.outcome(), is(RawOutcome.NONE));
    assertThat(damaged.reason(), is(Reason.NOTHING_TO_CARRY));
  }

  /** Of an object that was stored under other rules nothing is taken, and nothing fails. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"outcome\":\"HALF\",\"reason\":null}",
        "{\"request\":\"GET /v1/playlists/p\",\"status\":200,\"fetched_at\":\"yesterday\"}\n",
        "{\"request\":\"GET /v1/playlists/p\",\"status\":\"fine\",\"fetched_at\":null}\n",
        "{\"request\":\"GET /v1/shows/p\",\"status\":200}\n",
        "{\"request\":\"GET /v1/me/tracks?offset=many\",\"status\":200}\n",
        "{\"request\":\"GET /v1/albums?ids=%zz\",\"status\":200}\n",
        "{\"request\":\"GET /v1/playlists/../../v1/me\",\"status\":200}\n",
      })
  void valuesOfAnotherVersionMakeAnObjectAbsent(String line) throws IOException {
    String end = line.contains("outcome") ? "" : "{\"outcome\":\"COMPLETE\",\"reason\":null}\n";
    pack(line + end);
    assertThat(RawObject.read(file.toString()).isPresent(), is(false));
  }

  @Test
  void aReasonOfAnotherVersionIsKept() throws IOException {
    pack("{\"outcome\":\"PARTIAL\",\"reason\":\"OF_A_LATER_VERSION\"}\n");
    assertThat(
        RawObject.read(file.toString()).orElseThrow().reason(),
        is(new Reason("OF_A_LATER_VERSION")));
  }

  /** Each bit, one after the other: the object is as it was, or absent. */
  @Test
  void aFlippedBitNeverFailsARun() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    RawObject stored = RawObject.readWhole(file.toString());
    int absent = 0;
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, flipped);
      Optional<RawObject> read = RawObject.read(file.toString());
      RawObject.isWhole(file.toString());
      assertThat("bit " + bit, read.orElse(stored), is(stored));
      absent += read.isEmpty() ? 1 : 0;
    }
    assertThat(absent, is(greaterThan(whole.length * 6)));
  }

  /** However long a request is that somebody has written there. */
  @Test
  void aRequestWithoutAnEndIsAbsent() throws IOException {
    for (int pairs : new int[] {1_000, 100_000}) {
      pack(
          "{\"request\":\"GET /v1/playlists/abc?"
              + "a=b&".repeat(pairs)
              + "\",\"status\":200}\n{\"outcome\":\"COMPLETE\",\"reason\":null}\n");
      assertThat(RawObject.read(file.toString()).isPresent(), is(pairs == 1_000));
    }
  }

  private void pack(String text) throws IOException {
    try (GZIPOutputStream gzip = new GZIPOutputStream(Files.newOutputStream(file))) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void whatIsNotThereIsAbsent() {
    assertThat(RawObject.readOrAbsent("").outcome(), is(RawOutcome.NONE));
  }

  @Test
  void howItIsPackedIsNoMatter() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(
          new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file))).readAllBytes());
    }
    Files.write(file, packed.toByteArray());
    assertThat(RawObject.isWhole(file.toString()), is(true));
  }
}
