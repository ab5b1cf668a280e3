package dev.playlistlake.io.spotify.auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsFileTest {
  private static final String TEXT =
      "\uFEFF# mine, dear\r\nexport SPOTIFY_REFRESH_TOKEN=\"%s\"\r\n\r\nSPOTIFY_CLIENT_ID=id\r\n";

  private final Path folder;
  private final Path path;

  CredentialsFileTest(@TempDir Path folder) {
    this.folder = folder;
    this.path = folder.resolve("credentials.env");
  }

  @Test
  void theNewestTokenTakesThePlaceOfTheOneThatItFollows() throws Exception {
    Files.writeString(path, TEXT.formatted("file-1"));
    RefreshTokens.replaced("file-1", "file-2");
    RefreshTokens.replaced("file-2", "file-3");
    new CredentialsFile(path).keep("file-3");
    assertThat(Files.readString(path), is(TEXT.formatted("file-3")));
    assertThat(permissions(path), is("rw-------"));
    assertThat(names(), contains("credentials.env"));
  }

  @Test
  void aTokenOfSomebodyElseIsLeftAlone() throws Exception {
    RefreshTokens.replaced("mine-1", "mine-2");
    for (String text : List.of(TEXT.formatted("theirs"), TEXT.formatted(""), "A=b")) {
      Files.writeString(path, text);
      new CredentialsFile(path).keep("mine-2");
      assertThat(Files.readString(path), is(text));
    }
  }

  @Test
  void behindALinkTheFileItselfIsReplaced() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real")).resolve("file.env");
    Files.writeString(real, TEXT.formatted("link-1"));
    Files.createSymbolicLink(path, Path.of("real", "file.env"));
    RefreshTokens.replaced("link-1", "link-2");
    new CredentialsFile(path).keep("link-2");
    assertThat(Files.isSymbolicLink(path), is(true));
    assertThat(Files.readString(real), is(TEXT.formatted("link-2")));
  }

  /** No room for a name aside: the same on any machine, and for root too. */
  @Test
  void whereNothingCanBeWrittenAsideTheFileStaysAsItIs() throws Exception {
    Path longest = Files.writeString(folder.resolve("x".repeat(255)), TEXT.formatted("long-1"));
    RefreshTokens.replaced("long-1", "long-2");
    assertThrows(IOException.class, () -> new CredentialsFile(longest).keep("long-2"));
    assertThat(Files.readString(longest), is(TEXT.formatted("long-1")));
    assertThat(names(), contains("x".repeat(255)));
  }

  @Test
  void whereTheFolderIsReadOnlyTheFileStaysAsItIs() throws Exception {
    Files.writeString(path, TEXT.formatted("ro-1"));
    RefreshTokens.replaced("ro-1", "ro-2");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
    try {
      assumeTrue(!Files.isWritable(folder), "root may write into any folder");
      assertThrows(IOException.class, () -> new CredentialsFile(path).keep("ro-2"));
      assertThat(Files.readString(path), is(TEXT.formatted("ro-1")));
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** Whoever reads beside the writers sees a whole file, and one of them wins. */
  @Test
  void severalWritersAtOnceCorruptNothing() throws Exception {
    String more = "# filler\n".repeat(2_000);
    Files.writeString(path, more + TEXT.formatted("many-0"));
    ExecutorService writers = Executors.newFixedThreadPool(4);
    List<Future<?>> written = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      String token = "many-" + i;
      RefreshTokens.replaced("many-" + (i - 1), token);
      written.add(
          writers.submit(
              () -> {
                new CredentialsFile(path).keep(token);
                return token;
              }));
    }
    writers.shutdown();
    while (!writers.awaitTermination(1, TimeUnit.MILLISECONDS)) {
      String token = new CredentialsFile(path).read().get(CredentialsRef.REFRESH_TOKEN);
      assertThat(String.valueOf(token), token != null && token.matches("many-\\d+"), is(true));
    }
    for (Future<?> one : written) {
      one.get();
    }
    String token = new CredentialsFile(path).read().get(CredentialsRef.REFRESH_TOKEN);
    assertThat(Files.readString(path), is(more + TEXT.formatted(token)));
    assertThat(names(), contains("credentials.env"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r--r--", "rw----r--", "rw-r-----", "rwxrwxrwx"})
  void aFileThatOthersMayReadIsWarnedOfOnce(String permissions) throws Exception {
    Files.writeString(path, TEXT.formatted("open"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    try (SignInNotices news = SignInNotices.listen(atOnce -> {})) {
      new CredentialsFile(path).read();
      new CredentialsFile(path).read();
      assertThat(
          news.warnings(),
          contains(
              "The credentials file "
                  + path
                  + " is open to others than its owner: chmod 600 "
                  + path));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void aFileOfItsOwnersAloneIsNot(String permissions) throws Exception {
    Files.writeString(path, TEXT.formatted("closed"));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    try (SignInNotices news = SignInNotices.listen(atOnce -> {})) {
      new CredentialsFile(path).read();
      assertThat(news.warnings(), is(empty()));
    }
  }

  /** A login while a run is about to write: what the user has just agreed to stays. */
  @Test
  void aTokenThatWasStoredMeanwhileIsNotReplaced() throws Exception {
    Files.writeString(path, TEXT.formatted("race-1"));
    RefreshTokens.replaced("race-1", "race-2");
    String stored =
        TEXT.formatted("granted").replace("_ID=id", "_ID=new-id")
            + "SPOTIFY_AUTHORIZED_ON=2026-11-20\r\n";
    AtomicInteger times = new AtomicInteger();
    new CredentialsFile(
            path,
            () -> {
              times.incrementAndGet();
              run(() -> new CredentialsFile(path).store(grant("granted")));
            })
        .keep("race-2");
    assertThat(Files.readString(path), is(stored));
    assertThat(times.get(), is(1));
    assertThat(names(), contains("credentials.env"));
  }

  /** The other way round, and a line of somebody else's: the grant is stored, nothing is lost. */
  @Test
  void aGrantTakesInWhatWasWrittenMeanwhile() throws Exception {
    Files.writeString(path, TEXT.formatted("late-1"));
    RefreshTokens.replaced("late-1", "late-2");
    AtomicBoolean first = new AtomicBoolean(true);
    new CredentialsFile(
            path,
            () -> {
              if (first.getAndSet(false)) {
                run(() -> new CredentialsFile(path).keep("late-2"));
                run(() -> Files.writeString(path, "MORE=1\r\n", StandardOpenOption.APPEND));
              }
            })
        .store(grant("granted"));
    assertThat(
        Files.readString(path),
        is(
            TEXT.formatted("granted").replace("_ID=id", "_ID=new-id")
                + "MORE=1\r\nSPOTIFY_AUTHORIZED_ON=2026-11-20\r\n"));
    assertThat(names(), contains("credentials.env"));
  }

  @Test
  void aFileThatIsGoneIsNotMadeAnewByARun() {
    assertThrows(IOException.class, () -> new CredentialsFile(path).keep("gone-2"));
    assertThat(Files.exists(path), is(false));
  }

  private interface Writing {
    void write() throws IOException;
  }

  private static void run(Writing writing) {
    try {
      writing.write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LoginGrant grant(String token) {
    return new LoginGrant("new-id", token, LocalDate.parse("2026-11-20"));
  }

  @Test
  void aGrantMakesAFileOfItsOwnersAlone() throws Exception {
    new CredentialsFile(path).requireWritable();
    assertThat(names(), is(empty()));
    new CredentialsFile(path).store(grant("granted"));
    assertThat(
        Files.readString(path),
        is(
            "SPOTIFY_CLIENT_ID=new-id\nSPOTIFY_REFRESH_TOKEN=granted\n"
                + "SPOTIFY_AUTHORIZED_ON=2026-11-20\n"));
    assertThat(permissions(path), is("rw-------"));
    assertThat(names(), contains("credentials.env"));
  }

  /** Also where the file was open to others before. */
  @Test
  void aGrantChangesItsThreeLinesOnly() throws Exception {
    Files.writeString(
        path,
        TEXT.formatted("old")
            + "SPOTIFY_CLIENT_SECRET = 's=x' \r\n#SPOTIFY_AUTHORIZED_ON=x\r\nend");
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    new CredentialsFile(path).store(grant("granted"));
    assertThat(
        Files.readString(path),
        is(
            TEXT.formatted("granted").replace("_ID=id", "_ID=new-id")
                + "SPOTIFY_CLIENT_SECRET = 's=x' \r\n#SPOTIFY_AUTHORIZED_ON=x\r\nend\r\n"
                + "SPOTIFY_AUTHORIZED_ON=2026-11-20\r\n"));
    assertThat(permissions(path), is("rw-------"));
    assertThat(new CredentialsFile(path).clientId().orElse(""), is("new-id"));
  }

  @Test
  void aReplacedTokenKeepsTheDayOfItsAuthorization() throws Exception {
    new CredentialsFile(path).store(grant("day-1"));
    RefreshTokens.replaced("day-1", "day-2");
    new CredentialsFile(path).keep("day-2");
    assertThat(Files.readString(path), containsString("SPOTIFY_REFRESH_TOKEN=day-2\n"));
    assertThat(Files.readString(path), containsString("SPOTIFY_AUTHORIZED_ON=2026-11-20\n"));
  }

  @Test
  void aGrantFollowsALink() throws Exception {
    Path real = Files.writeString(folder.resolve("real.env"), "A=b\n");
    Files.createSymbolicLink(path, real);
    new CredentialsFile(path).store(grant("linked"));
    assertThat(Files.isSymbolicLink(path), is(true));
    assertThat(Files.readString(real), startsWith("A=b\nSPOTIFY_CLIENT_ID=new-id\n"));
  }

  @Test
  void aGrantThatCannotBeWrittenChangesNothing() throws Exception {
    Path longest = Files.writeString(folder.resolve("x".repeat(255)), TEXT.formatted("held"));
    CredentialsFile file = new CredentialsFile(longest);
    IOException e = assertThrows(IOException.class, file::requireWritable);
    assertThat(CredentialsFile.why(e), is("File name too long"));
    assertThrows(IOException.class, () -> file.store(grant("lost")));
    assertThat(Files.readString(longest), is(TEXT.formatted("held")));
    assertThat(names(), contains("x".repeat(255)));
  }

  @Test
  void whatIsNoTextIsNotReplaced() throws Exception {
    Files.write(path, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    CredentialsFile file = new CredentialsFile(path);
    IOException e = assertThrows(IOException.class, file::requireWritable);
    assertThat(CredentialsFile.why(e), is("it is no text in UTF-8"));
    assertThrows(IOException.class, () -> file.store(grant("lost")));
    assertThat(Files.size(path), is(3L));
    assertThrows(IOException.class, () -> new CredentialsFile(folder).requireWritable());
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
