package dev.playlistlake.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.io.sample.Scripted;
import dev.playlistlake.io.sample.SpotifyStandIn;
import dev.playlistlake.io.sample.StandInOptions;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import dev.playlistlake.pipeline.run.LakeGraph;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xerial.snappy.Snappy;

/** No secret leaves the process but in the requests that need it. */
class SecretsTest {
  private static final String CLIENT_ID = "7f3aClientId";
  private static final String CLIENT_SECRET = "Zq9ClientSecretZq9";
  private static final String REFRESH_TOKEN = "Xw8RefreshTokenXw8";

  /** Replaced during a test, which the process remembers: no other test may begin with it. */
  private static final String REPLACED_TOKEN = "Yv7RefreshTokenYv7";

  /** As the stand-in begins the access tokens that it gives. */
  private static final String ACCESS_TOKEN = "stand-in-token-";

  private static final List<String> SECRETS =
      List.of(
          CLIENT_SECRET,
          REFRESH_TOKEN,
          REPLACED_TOKEN,
          ACCESS_TOKEN,
          Base64.getEncoder().encodeToString((CLIENT_ID + ":" + CLIENT_SECRET).getBytes(UTF_8)));

  /** Its mark, its version, and the oldest version that can read it. */
  private static final int SNAPPY_HEADER = 16;

  private final Path folder;
  private final Path credentials;

  SecretsTest(@TempDir Path folder) {
    this.folder = folder;
    this.credentials =
        JobRun.credentials(
            folder, CLIENT_ID, CLIENT_SECRET, "SPOTIFY_REFRESH_TOKEN=" + REFRESH_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--verbose=false", "--verbose=true"})
  void aRunLeavesNone(String verbose) throws IOException {
    try (SpotifyStandIn spotify = start()) {
      String header = "Bearer " + ACCESS_TOKEN + "1";
      String echo =
          "{\"error\":{\"message\":\"bad header\",\"headers\":{\"Authorization\":\"%s\"}}}"
              .formatted(header);
      spotify.script(SampleCatalog.EMPTY, Scripted.status(500, echo), Scripted.reset());
      spotify.scriptAlways(
          SampleCatalog.FORBIDDEN,
          Scripted.status(403, echo).withHeader("WWW-Authenticate", header));
      JobRun run =
          JobRun.into(
              spotify,
              credentials,
              folder.resolve("lake").toString(),
              "--playlists="
                  + String.join(
                      ",", SampleCatalog.EMPTY, SampleCatalog.SUNSET, SampleCatalog.FORBIDDEN),
              verbose);
      assertThat(run.err(), run.exitCode(), is(3));
      holdsNone(run.out());
      holdsNone(run.err());
      for (Path file : run.files()) {
        holdsNone(contents(file));
      }
      assertThat(all(run), containsString("Bearer [not shown]"));
    }
  }

  @Test
  void aRefusalLeavesNone() throws IOException {
    try (SpotifyStandIn spotify = start()) {
      spotify.scriptAlways(
          "/api/token",
          Scripted.status(
              400,
              "{\"error\":\"invalid_client\",\"error_description\":\"%s, %s, %s\"}"
                  .formatted(REFRESH_TOKEN, CLIENT_SECRET, CLIENT_ID)));
      JobRun run =
          JobRun.into(
              spotify,
              credentials,
              folder.resolve("lake").toString(),
              "--playlists=" + SampleCatalog.EMPTY,
              "--verbose=true");
      assertThat(run.err(), run.exitCode(), is(5));
      holdsNone(run.out());
      holdsNone(run.err());
      holdsNone(all(run));
    }
  }

  @Test
  void theGraphAndItsOptionsHoldNone() throws Exception {
    graphHoldsNone("file:" + credentials, "credentials.env");
  }

  /** Who has it finds out the users whom a lake hides. */
  @Test
  void theSaltOfALakeIsNowhereButInItsFile() throws Exception {
    try (SpotifyStandIn spotify = start()) {
      JobRun run =
          JobRun.into(
              spotify,
              credentials,
              folder.resolve("lake").toString(),
              "--playlists=" + SampleCatalog.SUNSET,
              "--addedBy=hash",
              "--verbose=true");
      assertThat(run.err(), run.exitCode(), is(0));
      Path file = run.lake().resolve("_salt");
      String salt = Files.readString(file).strip();
      String bytes = new String(HexFormat.of().parseHex(salt), ISO_8859_1);
      JobFlags flags =
          Program.flags(
              "--playlists=" + SampleCatalog.SUNSET, "--lake=" + run.lake(), "--addedBy=hash");
      LakeJob job = LakeJobFactory.create(flags, Surroundings.usual());
      job.spotify().users().makeSalt();
      Pipeline pipeline = Pipeline.create(flags.options());
      LakeGraph.applyTo(pipeline, job);
      byte[] graph = PipelineTranslation.toProto(pipeline).toByteArray();
      String payloads = payloads(graph);
      assertThat("payloads are looked into", payloads, containsString(file.toString()));
      List<String> places = new ArrayList<>();
      places.addAll(List.of(run.out(), run.err(), payloads, new String(graph, ISO_8859_1)));
      places.add(job.toString());
      for (Path other : run.files()) {
        places.add(other.equals(file) ? "" : contents(other));
      }
      for (String place : places) {
        assertThat(place, not(containsString(salt)));
        assertThat(place, not(containsString(bytes)));
      }
    }
  }

  /** What cannot be read here is no matter: only the worker that signs in reads it. */
  @Test
  void nobodyReadsThemBeforeTheWorkerSignsIn() throws Exception {
    Files.delete(credentials);
    Files.createDirectory(credentials);
    graphHoldsNone("file:" + credentials, "credentials.env");
    String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:spotify-AbCdEf";
    graphHoldsNone("secretsmanager:" + arn, arn);
  }

  private void graphHoldsNone(String reference, String place) throws Exception {
    JobFlags flags =
        Program.flags(
            "--playlists=" + SampleCatalog.EMPTY,
            "--lake=" + folder.resolve("lake"),
            "--credentials=" + reference);
    LakeJob job = LakeJobFactory.create(flags, Surroundings.usual());
    Pipeline pipeline = Pipeline.create(flags.options());
    LakeGraph.applyTo(pipeline, job);
    byte[] graph = PipelineTranslation.toProto(pipeline).toByteArray();
    String payloads = payloads(graph);
    assertThat("payloads are looked into", payloads, containsString(place));
    holdsNone(new String(graph, ISO_8859_1));
    holdsNone(payloads);
    holdsNone(
        new ObjectMapper()
            .registerModules(ObjectMapper.findModules(getClass().getClassLoader()))
            .writeValueAsString(flags.options()));
    holdsNone(flags.options().toString());
    holdsNone(job.toString());
  }

  /** One that Spotify replaced, twice at least, is a secret like the first. */
  @Test
  void aReplacedTokenIsNowhereButInItsFile() throws IOException {
    JobRun.credentials(folder, CLIENT_ID, CLIENT_SECRET, "SPOTIFY_REFRESH_TOKEN=" + REPLACED_TOKEN);
    try (SpotifyStandIn spotify =
        SpotifyStandIn.start(
            SampleCatalog.create(),
            StandInOptions.defaults()
                .withClientId(CLIENT_ID)
                .withClientSecret(CLIENT_SECRET)
                .withRefreshToken(REPLACED_TOKEN)
                .withRotateRefreshTokens(true))) {
      JobRun run =
          JobRun.into(
              spotify,
              credentials,
              folder.resolve("lake").toString(),
              "--playlists=" + SampleCatalog.SUNSET,
              "--verbose=true");
      assertThat(run.err(), run.exitCode(), is(0));
      assertThat(Files.readString(credentials), containsString(REPLACED_TOKEN + "-2"));
      holdsNone(run.out());
      holdsNone(run.err());
      holdsNone(all(run));
    }
  }

  private static SpotifyStandIn start() {
    return SpotifyStandIn.start(
        SampleCatalog.create(),
        StandInOptions.defaults()
            .withClientId(CLIENT_ID)
            .withClientSecret(CLIENT_SECRET)
            .withRefreshToken(REFRESH_TOKEN));
  }

  private static void holdsNone(String text) {
    SECRETS.forEach(secret -> assertThat(text, not(containsString(secret))));
  }

  private static String all(JobRun run) throws IOException {
    StringBuilder all = new StringBuilder();
    for (Path file : run.files()) {
      all.append(contents(file));
    }
    return all.toString();
  }

  /** As it lies there, and unpacked. */
  private static String contents(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String raw = new String(bytes, ISO_8859_1);
    if (file.toString().endsWith(".gz")) {
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
        return raw + new String(in.readAllBytes(), UTF_8);
      }
    }
    return file.toString().endsWith(".parquet") ? raw + LakeFolder.rows(file) : raw;
  }

  /** Beam packs what it serializes: each such payload, unpacked. */
  private static String payloads(byte[] graph) throws IOException {
    String text = new String(graph, ISO_8859_1);
    String magic = "\u0082SNAPPY\0";
    StringBuilder payloads = new StringBuilder();
    for (int at = text.indexOf(magic); at >= 0; at = text.indexOf(magic, at + 1)) {
      ByteArrayOutputStream unpacked = new ByteArrayOutputStream();
      // Chunk by chunk, each behind its size: SnappyInputStream would take whatever follows the
      // payload for a size too, and make room for it.
      ByteBuffer chunks = ByteBuffer.wrap(graph).position(at + SNAPPY_HEADER);
      while (chunks.remaining() > Integer.BYTES) {
        int size = chunks.getInt();
        if (size <= 0
            || size > chunks.remaining()
            || !Snappy.isValidCompressedBuffer(graph, chunks.position(), size)) {
          break;
        }
        byte[] chunk = new byte[size];
        chunks.get(chunk);
        unpacked.writeBytes(Snappy.uncompress(chunk));
      }
      assertThat(unpacked.size(), is(greaterThan(0)));
      payloads.append(unpacked.toString(ISO_8859_1)).append('\n');
    }
    return payloads.toString();
  }
}
