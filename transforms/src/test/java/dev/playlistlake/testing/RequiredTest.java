package dev.playlistlake.testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class RequiredTest {
  private static final String PROPERTY = "playlistlake.require";

  private String before = "";

  @BeforeEach
  void remember() {
    before = System.getProperty(PROPERTY, "");
  }

  @AfterEach
  void restore() {
    System.setProperty(PROPERTY, before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "trino", "linters,trino", "lint"})
  void testWithoutAToolThatNobodyRequiresIsSkipped(String list) {
    System.setProperty(PROPERTY, list);
    TestAbortedException skipped =
        assertThrows(
            TestAbortedException.class,
            () -> Required.orSkip("linter", "this is a test of skipping"));
    assertThat(skipped.getMessage(), containsString("skipped: this is a test of skipping"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"linter", "trino,linter", "trino, linter ,hive"})
  void testWithoutARequiredToolFails(String list) {
    System.setProperty(PROPERTY, list);
    AssertionFailedError failed =
        assertThrows(
            AssertionFailedError.class,
            () -> Required.orSkip("linter", "this is a test of skipping"));
    assertThat(failed.getMessage(), containsString("this is a test of skipping"));
  }

  @Test
  void listIsByCommas() {
    assertThat(Required.isRequired("trino hive", "hive"), is(false));
  }
}
