package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "37i9dQZF1DXcBWIGoYBM5M",
        "20261120T060012Z-3f9c-unasked",
        "liked:some body/ü*[x]{y}?\\",
        "liked:_5f",
        "..",
        ""
      })
  void anyNameIsAFilesAndComesBack(String name) {
    String file = FileName.of(name);
    assertThat(file, matchesPattern("[0-9A-Za-z._-]*"));
    assertThat(FileName.name(file), is(Optional.of(name)));
  }

  @Test
  void idsStayAsTheyAre() {
    assertThat(FileName.of("37i9dQZF1DXcBWIGoYBM5M"), is("37i9dQZF1DXcBWIGoYBM5M"));
    assertThat(FileName.of("liked:a b"), is("liked_3aa_20b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"copy of it", "a_b", "a_"})
  void strangersHaveNoName(String file) {
    assertThat(FileName.name(file), is(Optional.empty()));
  }
}
