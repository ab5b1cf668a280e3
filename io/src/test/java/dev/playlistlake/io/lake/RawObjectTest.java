package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.model.Reason;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawObjectTest {
  private final Path file;

  RawObjectTest(@TempDir Path folder) throws IOException {
    this.file = folder.resolve("p.jsonl.gz");
    RawObject.Draft draft = new RawObject.Draft();
    draft.add(
        RawObject.compress(
            new RawAttempt(
                "/v1/playlists/p", 200, Instant.EPOCH, Map.of(), "{\"outcome\":\"COMPLETE\"}")));
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
    // Of a line that is all there the end of the packing may be missing.
    int packing = 16;
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      boolean isWhole = RawObject.isWhole(file.toString());
      assertThat("cut at " + length, RawObject.read(file.toString()).isPresent(), is(isWhole));
      assertThat("cut at " + length, isWhole && length < whole.length - packing, is(false));
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
