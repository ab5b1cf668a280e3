package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What fails is storage's fault or ours, and which of the two must be told apart. */
class LakeFilesTest {
  private static final String REFUSAL =
      "Access Denied (Service: S3, Status Code: 403, Request ID: 7)";

  private final Path folder;

  LakeFilesTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    Files.writeString(folder.resolve("there"), "bytes");
  }

  @BeforeAll
  static void useFileSystems() {
    FileSystems.setDefaultPipelineOptions(PipelineOptionsFactory.create());
  }

  /** All that is done to files. */
  enum Operation {
    WRITE("cannot write", "s3:PutObject", (file, lake) -> write(file, lake)),
    RENAME("cannot rename", "s3:PutObject", (file, lake) -> LakeFiles.rename(file, file + "2")),
    READ("cannot read", "s3:GetObject", (file, lake) -> LakeFiles.read(file)),
    READ_END("cannot read", "s3:GetObject", (file, lake) -> LakeFiles.readEnd(file, 2)),
    OPEN("cannot read", "s3:GetObject", (file, lake) -> LakeFiles.open(file)),
    LIST("cannot list", "s3:ListBucket", (file, lake) -> LakeFiles.list(lake + "/*")),
    BYTES("cannot list", "s3:ListBucket", (file, lake) -> LakeFiles.bytes(lake + "/*")),
    FOLDERS("cannot list", "s3:ListBucket", (file, lake) -> LakeFiles.folders(lake)),
    DELETE("cannot remove", "s3:DeleteObject", (file, lake) -> LakeFiles.delete(List.of(file))),
    DELETE_TREE("cannot list", "s3:ListBucket", (file, lake) -> LakeFiles.deleteTree(lake));

    private final String failing;
    private final String permission;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that hold nothing
    private final BiConsumer<String, String> action;

    Operation(String failing, String permission, BiConsumer<String, String> action) {
      this.failing = failing;
      this.permission = permission;
      this.action = action;
    }

    private static void write(String file, String lake) {
      LakeFiles.write(file, lake + "/aside", out -> out.write('.'));
    }

    void on(RemoteFileSystem.Store store, Path folder) {
      String lake = store.path(folder);
      action.accept(lake + "/there", lake);
    }
  }

  /** Beam's S3 file system hands it on as it is, unchecked. */
  @ParameterizedTest
  @EnumSource
  void aRefusalOfS3IsTheLakesFailure(Operation operation) {
    RemoteFileSystem.Store s3 =
        RemoteFileSystem.store(
            (call, path) -> {
              throw S3Exception.builder().message(REFUSAL).statusCode(403).build();
            });
    LakeException e = assertThrows(LakeException.class, () -> operation.on(s3, folder));
    assertThat(
        e.getMessage(),
        allOf(
            startsWith(operation.failing),
            containsString(REFUSAL),
            containsString("(denied: " + operation.permission + ")")));
  }

  @ParameterizedTest
  @EnumSource
  void soIsWhatBeamWraps(Operation operation) {
    RemoteFileSystem.Store s3 =
        RemoteFileSystem.store(
            (call, path) -> {
              throw new IOException(
                  SdkClientException.create("Unable to load credentials from any provider"));
            });
    LakeException e = assertThrows(LakeException.class, () -> operation.on(s3, folder));
    assertThat(e.getMessage(), startsWith(operation.failing));
    assertThat(
        e.getMessage(),
        containsString("SdkClientException: Unable to load credentials from any provider"));
  }

  @ParameterizedTest
  @EnumSource
  void aBugIsNot(Operation operation) {
    IllegalStateException bug = new IllegalStateException("of ours");
    RemoteFileSystem.Store s3 =
        RemoteFileSystem.store(
            (call, path) -> {
              throw bug;
            });
    assertThat(
        assertThrows(IllegalStateException.class, () -> operation.on(s3, folder)),
        is(sameInstance(bug)));
  }

  /** Whether what it writes lies on a disk or behind another scheme. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBugInABodyIsABug(boolean remote) {
    IllegalStateException bug = new IllegalStateException("no column of this name");
    String lake =
        remote ? RemoteFileSystem.store((call, path) -> {}).path(folder) : folder.toString();
    LakeFiles.Body body =
        out -> {
          out.write('.');
          throw bug;
        };
    for (Runnable write :
        List.<Runnable>of(
            () -> LakeFiles.write(lake + "/new", lake + "/aside", body),
            () -> LakeFiles.writeDurably(lake + "/new", lake + "/aside", body))) {
      IllegalStateException e = assertThrows(IllegalStateException.class, write::run);
      assertThat(e, is(sameInstance(bug)));
    }
    assertThat(Files.exists(folder.resolve("new")), is(false));
  }

  /** Users type paths: a scheme without a file system is not a bug. */
  @ParameterizedTest
  @ValueSource(strings = {"nowhere://bucket/list.txt", "remote:/1/\0"})
  void aPathThatCannotBeIsNamed(String path) {
    LakeException e = assertThrows(LakeException.class, () -> LakeFiles.read(path));
    assertThat(e.getMessage(), startsWith("cannot read " + path + ": "));
  }

  @Test
  void anEndIsTheWholeOfAShortFile() throws IOException {
    String lake = RemoteFileSystem.store((call, path) -> {}).path(folder);
    Files.writeString(folder.resolve("empty"), "");
    assertThat(text(LakeFiles.readEnd(lake + "/there", 2)), is("es"));
    assertThat(text(LakeFiles.readEnd(lake + "/there", 5)), is("bytes"));
    assertThat(text(LakeFiles.readEnd(lake + "/there", 6)), is("bytes"));
    assertThat(text(LakeFiles.readEnd(lake + "/empty", 6)), is(""));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
