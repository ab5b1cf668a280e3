package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.model.RunStatus;
import dev.playlistlake.pipeline.Program;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SummaryTest {
  private static final String ARN =
      "secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:spotify-AbCdEf";

  private final Path folder;

  SummaryTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "env | the environment | Run eval \"$(java -jar playlist-lake.jar login)\" where runs are"
            + " started (with --liked if Liked Songs are read; an export that is pasted stands in"
            + " the shell's history)",
        "file:/a/b | file:/a/b | Run login --credentials=file:/a/b again (with --liked if Liked"
            + " Songs are read)",
        ARN
            + " | "
            + ARN
            + " | Run login --credentials=file:PATH (with --liked if Liked Songs are read) and"
            + " replace the secret by what"
            + " that file then holds",
      })
  void whoIsNotLetInLearnsWhatToDoAndWhere(String credentials, String where, String what)
      throws Exception {
    String ends =
        "It ends six months after the user agreed, when the user withdraws, or when Spotify gave an"
            + " earlier run another one. ";
    assertThat(
        said(credentials, "invalid_grant", Optional.empty()),
        is(
            "Not authorised, nothing is published: the refresh token is no longer valid"
                + " (invalid_grant). "
                + ends
                + what
                + "; the old one was not deleted.\n"));
    assertThat(
        said(credentials, "invalid_grant", Optional.of("most likely expired")),
        is(
            "Not authorised, nothing is published: the refresh token is no longer valid"
                + " (most likely expired). "
                + ends
                + what
                + "; the old one was not deleted.\n"));
    assertThat(
        said(credentials, "invalid_client", Optional.empty()),
        is(
            "Not authorised, nothing is published: Spotify does not take this client id, or the"
                + " secret beside it (invalid_client). Compare "
                + where
                + " with the app's page on developer.spotify.com. A refresh token from login needs"
                + " no secret, and where one stands there the line SPOTIFY_AUTHORIZED_ON too;"
                + " beside a token that was got with the secret that line must not stand.\n"));
    assertThat(
        said(credentials, "missing_user", Optional.empty()),
        is(
            "Not authorised, nothing is published: --playlists=me and liked need somebody who has"
                + " signed in, and in "
                + where
                + " there is no SPOTIFY_REFRESH_TOKEN: run login (with --liked if Liked Songs are"
                + " read).\n"));
    assertThat(
        said(credentials, "missing_credentials", Optional.of("why")),
        is(
            "Not authorised, nothing is published: there are no credentials in "
                + where
                + " (why). Set SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET there, or sign in as a"
                + " user with login; README says how.\n"));
  }

  private String said(String credentials, String code, Optional<String> refusal)
      throws BadInputException {
    JobFlags flags =
        Program.flags(
            "--playlists=" + SampleCatalog.EMPTY,
            "--lake=" + folder.resolve("lake"),
            "--credentials=" + credentials);
    LakeJob job = LakeJobFactory.create(flags, Surroundings.usual());
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
      new Summary(job, RunVerdictTest.row(RunStatus.NOT_AUTHORISED, 0, code), refusal, out).print();
    }
    return said.toString(StandardCharsets.UTF_8);
  }
}
