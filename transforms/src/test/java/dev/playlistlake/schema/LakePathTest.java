package dev.playlistlake.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakePathTest {
  @ParameterizedTest
  @CsvSource({
    "'', 1",
    "'2 2', 2",
    "3, 3",
    "'1 99', 1",
    "'1 2 2', 1",
    "'1 3 3 3', 1",
    "'2 3 3 3', 3",
    "'3 4', 3",
  })
  void aRunWroteAsManyFilesAsThoseSayThatAreAllThere(String said, int written) {
    assertThat(
        LakePath.filesWritten(
            Arrays.stream(said.split(" "))
                .filter(number -> !number.isEmpty())
                .map(number -> path(Integer.parseInt(number)))
                .toList()),
        is(written));
  }

  private static LakePath path(int ofFiles) {
    return new LakePath("song", "2026-11-20", "20261120T060000Z-0001", ofFiles, false);
  }
}
