package dev.playlistlake.io.spotify.auth;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasEntry;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DotEnvTest {
  /** Each with one value OLD of the name TOKEN that counts, whatever stands around it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TOKEN=OLD",
        "TOKEN=OLD\n",
        "A=1\r\nTOKEN=OLD\r\nB=2\r\n",
        "A=1\rTOKEN=OLD\rB=2",
        "\uFEFFTOKEN=OLD\n\n\n",
        "\uFEFF# TOKEN=no\n#TOKEN=no\n  # ü\n\n export  TOKEN = \"OLD\"  \t\nnoise\n=\n",
        "TOKEN='OLD'\nTOKENS=no\nMY_TOKEN=no\n",
        "TOKEN=no\nTOKEN=OLD\n#TOKEN=no",
      })
  void aValueChangesAndNothingElse(String text) {
    DotEnv lines = DotEnv.parse(text);
    assertThat(lines.values(), hasEntry("TOKEN", "OLD"));
    String changed = lines.with("TOKEN", "$1\\n=ew");
    assertThat(changed, is(text.replace("OLD", "$1\\n=ew")));
    assertThat(DotEnv.parse(changed).values(), hasEntry("TOKEN", "$1\\n=ew"));
  }

  @Test
  void aNameThatIsNotThereCannotChange() {
    DotEnv lines = DotEnv.parse("# TOKEN=s3cret");
    assertThrows(IllegalArgumentException.class, () -> lines.with("TOKEN", "x"));
    assertThat(lines.toString(), not(containsString("s3cret")));
  }
}
