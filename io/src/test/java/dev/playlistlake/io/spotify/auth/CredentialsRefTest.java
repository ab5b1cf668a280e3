package dev.playlistlake.io.spotify.auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsRefTest {
  private static final SecretStore NO_SECRETS =
      name -> {
        throw new AssertionError("nobody wanted a secret");
      };

  private final Path folder;

  CredentialsRefTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPOTIFY_CLIENT_ID=id\r\nSPOTIFY_CLIENT_SECRET=s3cret=\r\n",
        "\uFEFFSPOTIFY_CLIENT_ID = 'id'\n  export SPOTIFY_CLIENT_SECRET=\"s3cret=\"",
        "# mine\nexport SPOTIFY_CLIENT_SECRET=s3cret=\n\nSPOTIFY_CLIENT_ID=id\nOTHER=x\nnoise",
        "SPOTIFY_CLIENT_ID=id\nSPOTIFY_CLIENT_SECRET=s3cret=\nSPOTIFY_REFRESH_TOKEN=",
      })
  void filesAsPeopleWriteThem(String text) throws Exception {
    Credentials credentials = resolve(file(text));
    assertThat(credentials.clientId(), is("id"));
    assertThat(credentials.clientSecret(), is("s3cret="));
    assertThat(credentials.refreshToken(), is(nullValue()));
    assertThat(credentials.toString(), not(containsString("s3cret")));
  }

  /** Docker's environment files keep quotes. */
  @ParameterizedTest
  @ValueSource(strings = {"%s", "\"%s\"", "'%s'", " '%s' "})
  void quotesInTheEnvironmentAreNoPartOfAValue(String written) throws Exception {
    Map<String, String> variables =
        Map.of(
            "SPOTIFY_CLIENT_ID", written.formatted("id"),
            "SPOTIFY_CLIENT_SECRET", written.formatted("s3cret="),
            "SPOTIFY_REFRESH_TOKEN", written.formatted("r"),
            "SPOTIFY_AUTHORIZED_ON", written.formatted("2026-11-20"));
    Credentials credentials = CredentialsRef.parse("env").resolve(variables::get, NO_SECRETS);
    assertThat(credentials.clientId(), is("id"));
    assertThat(credentials.clientSecret(), is("s3cret="));
    assertThat(credentials.refreshToken(), is("r"));
    assertThat(credentials.authorizedOn(), is("2026-11-20"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\"\"", "''"})
  void emptyQuotesAreNothing(String written) {
    Map<String, String> variables =
        Map.of("SPOTIFY_CLIENT_ID", written, "SPOTIFY_REFRESH_TOKEN", "r");
    assertThrows(
        SignInException.class,
        () -> CredentialsRef.parse("env").resolve(variables::get, NO_SECRETS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                               | SPOTIFY_CLIENT_ID",
        "SPOTIFY_CLIENT_ID=id                             | SPOTIFY_CLIENT_SECRET",
        "SPOTIFY_CLIENT_SECRET=s3cret                     | SPOTIFY_CLIENT_ID",
        "SPOTIFY_CLIENT_ID=id;SPOTIFY_CLIENT_SECRET=' '   | SPOTIFY_CLIENT_SECRET",
        "#SPOTIFY_CLIENT_ID=id;SPOTIFY_CLIENT_SECRET=s3cret | SPOTIFY_CLIENT_ID",
      })
  void whatIsMissingIsSaid(@Nullable String lines, String missing) throws Exception {
    CredentialsRef reference = file(String.valueOf(lines).replace(';', '\n'));
    SignInException e = assertThrows(SignInException.class, () -> resolve(reference));
    assertThat(e.code(), is(SignInException.MISSING_CREDENTIALS));
    assertThat(e.getMessage(), containsString(missing + " is not set in "));
    assertThat(e.getMessage(), not(containsString("s3cret")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SPOTIFY_REFRESH_TOKEN=r                                       | true",
        "SPOTIFY_REFRESH_TOKEN=r;SPOTIFY_AUTHORIZED_ON=2026-11-20      | true",
        "SPOTIFY_REFRESH_TOKEN=r;SPOTIFY_AUTHORIZED_ON=x;SPOTIFY_CLIENT_SECRET=s | true",
        "SPOTIFY_REFRESH_TOKEN=r;SPOTIFY_CLIENT_SECRET=s               | false",
      })
  void aTokenOfLoginNeedsNoSecret(String lines, boolean byPkce) throws Exception {
    Credentials credentials = resolve(file("SPOTIFY_CLIENT_ID=id\n" + lines.replace(';', '\n')));
    assertThat(credentials.refreshToken(), is("r"));
    assertThat(credentials.byPkce(), is(byPkce));
  }

  @Test
  void theDayOfASecretInJson() throws Exception {
    CredentialsRef reference =
        CredentialsRef.parse(
            "secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:spotify-AbCdEf");
    Credentials credentials =
        reference.resolve(
            unused -> null,
            arn ->
                "{\"SPOTIFY_CLIENT_ID\":\"id\",\"SPOTIFY_REFRESH_TOKEN\":\"r\","
                    + "\"SPOTIFY_AUTHORIZED_ON\":\"2026-11-20\"}");
    assertThat(credentials.authorizedOn(), is("2026-11-20"));
    assertThat(credentials.byPkce(), is(true));
  }

  @Test
  void aFileThatCannotBeRead() throws Exception {
    for (Path place : new Path[] {folder, folder.resolve("none")}) {
      CredentialsRef reference = CredentialsRef.parse("file:" + place);
      SignInException e = assertThrows(SignInException.class, () -> resolve(reference));
      assertThat(e.code(), is(SignInException.MISSING_CREDENTIALS));
    }
  }

  @Test
  void aFileWithoutAnEndIsNoneOfCredentials() throws Exception {
    Path large = Files.write(folder.resolve("large"), new byte[2 << 20]);
    assertThrows(IllegalArgumentException.class, () -> CredentialsRef.parse("file:" + large));
    assumeTrue(Files.exists(Path.of("/dev/zero")));
    assertThrows(IllegalArgumentException.class, () -> CredentialsRef.parse("file:/dev/zero"));
  }

  @Test
  void theEnvironment() throws Exception {
    Map<String, String> environment =
        Map.of(
            "SPOTIFY_CLIENT_ID", " id ",
            "SPOTIFY_CLIENT_SECRET", "s",
            "SPOTIFY_REFRESH_TOKEN", "r");
    Credentials credentials = CredentialsRef.parse("env").resolve(environment::get, NO_SECRETS);
    assertThat(credentials.clientId(), is("id"));
    assertThat(credentials.refreshToken(), is("r"));
    assertThrows(SignInException.class, () -> resolve(CredentialsRef.parse("env")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "env",
        "file:/etc/spotify.env",
        "secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:spotify-AbCdEf"
      })
  void aReferenceIsWrittenAsItWasGiven(String written) {
    assertThat(CredentialsRef.parse(written).written(), is(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hunter2", "", "ENV", "file:", "secretsmanager:hunter2", "env:hunter2"})
  void aSecretIsNoReferenceAndNotRepeated(String written) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> CredentialsRef.parse(written));
    assertThat(e.getMessage(), not(containsString("hunter2")));
  }

  private CredentialsRef file(String text) throws IOException {
    Path file = ownersOnly(Files.writeString(folder.resolve("secrets"), text));
    return CredentialsRef.parse("file:" + file);
  }

  private static Credentials resolve(CredentialsRef reference) throws Exception {
    return reference.resolve(unused -> null, NO_SECRETS);
  }

  static Path ownersOnly(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }
}
