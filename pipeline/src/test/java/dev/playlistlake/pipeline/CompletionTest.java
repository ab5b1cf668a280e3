package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The completion script, in a real bash. */
class CompletionTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path folder;

  @BeforeAll
  static void print() throws IOException {
    JobRun run = JobRun.of("completion", "bash");
    assertThat(run.err(), run.exitCode(), is(0));
    Files.writeString(folder.resolve("script"), run.out());
  }

  @Test
  void commandsAreCompletedAndFlagsOfTheMainJob() throws Exception {
    assertThat(completions("st"), is(List.of("status")));
    assertThat(completions(""), hasItems("run", "login", "plan", "query", "completion", "help"));
    assertThat(completions("--pl"), is(List.of("--playlists")));
    assertThat(completions("run", "--max"), hasItems("--maxAge", "--maxRejected"));
    assertThat(
        "those of runners are hidden", completions("run", "--f"), not(hasItem("--flinkMaster")));
  }

  @Test
  void flagsOfCommandsAreCompletedAndTheirValues() throws Exception {
    assertThat(completions("query", "--re"), is(List.of("--report")));
    assertThat(completions("query", "--report", "top_a"), hasItem("top_artists"));
    assertThat(completions("query", "--format", "m"), is(List.of("markdown")));
    assertThat(completions("status", "--format", ""), is(List.of("table", "json")));
    assertThat(completions("help", "q"), is(List.of("query")));
  }

  /** What bash offers where the last of some words is being typed. */
  private static List<String> completions(String... words) throws Exception {
    String typed =
        Arrays.stream(words).map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                "source ./script; complete -p playlist-lake >&2 || exit 1; COMP_WORDS=(playlist-lake "
                    + typed
                    + "); COMP_CWORD="
                    + words.length
                    + "; _complete_playlist-lake; printf '%s\\n' \"${COMPREPLY[@]}\"")
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor(), is(0));
    return said.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }
}
