package dev.playlistlake.pipeline.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HomeFolderTest {
  @ParameterizedTest
  @CsvSource({
    "~/lake, /home/x/lake",
    "~, /home/x",
    "~/, /home/x/",
    "file:~/a/spotify.env, file:/home/x/a/spotify.env",
    "raw:~/lake/raw, raw:/home/x/lake/raw",
    "~other/lake, ~other/lake",
    "./~/lake, ./~/lake",
    "a/~/b, a/~/b",
    "s3://bucket/~/x, s3://bucket/~/x",
    "env, env",
  })
  void onlyAtTheBeginningOfAPath(String given, String expanded) {
    assertThat(HomeFolder.expanded(given, "/home/x"), is(expanded));
  }
}
