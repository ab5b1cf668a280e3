package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

  @Test
  void readsFlagsIntoOptions() {
    CommandLine line =
        CommandLine.parse(
            new String[] {"--playlists=a,b", "--maxAge=0", "--requestBudget=3000000000"});
    assertThat(line.problems(), is(empty()));
    assertThat(line.options().getPlaylists(), is("a,b"));
    assertThat(line.options().getMaxAge(), is(0));
    assertThat(line.options().getRequestBudget(), is(3_000_000_000L));
    assertThat(line.options().getLake(), is(nullValue()));
  }

  @Test
  void aBooleanNeedsNoValue() {
    assertThat(
        CommandLine.parse(new String[] {"--verbose"}).options().getVerbose(), is(Boolean.TRUE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--playlist=x            | --playlist: is no flag of this program; did you mean --playlists",
        "--plaYLists=x           | --plaYLists: is no flag of this program; did you mean --playlists",
        "--nothingLikeAnyFlag=1  | --nothingLikeAnyFlag: is no flag of this program; --help lists them",
        "--playlists             | --playlists: has no value; it stands behind an equals sign, --playlists=VALUE",
        "--playlists=            | --playlists: has no value; it stands behind an equals sign, --playlists=VALUE",
        "--maxAge                | --maxAge: has no value; it stands behind an equals sign, --maxAge=VALUE",
        "--maxAge=soon           | --maxAge: 'soon' is no whole number",
        "--maxAge=7.5            | --maxAge: '7.5' is no whole number",
        "--maxAge=99999999999    | --maxAge: '99999999999' is too large a number",
        "--verbose=perhaps       | --verbose: 'perhaps' is neither true nor false",
        "--runner=SparkRunner    | --runner: 'SparkRunner' is neither DirectRunner nor FlinkRunner",
        "-playlists=x            | -playlists: is no flag; flags are --name=value; did you mean --playlists",
        "playlists.csv           | playlists.csv: is no flag; flags are --name=value; --help lists them",
      })
  void saysWhatIsWrongWithOneFlag(String arg, String problem) {
    assertThat(CommandLine.parse(new String[] {arg}).problems(), contains(problem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"report", "purge", "import"})
  void laterWordsAreNotThereYet(String word) {
    assertThat(
        CommandLine.parse(new String[] {word}).problems(),
        contains(startsWith(word + ": is not there yet")));
  }

  @Test
  void aCommandStandsFirst() {
    assertThat(
        CommandLine.parse(new String[] {"--lake=x", "query"}).problems(),
        contains("query: is a command, which stands before all flags"));
  }

  @Test
  void theSecondOfTwoIsSaid() {
    CommandLine line = CommandLine.parse(new String[] {"--playlists=a", "--playlists=b"});
    assertThat(line.problems(), contains("--playlists: is given twice"));
    assertThat(line.options().getPlaylists(), is("a"));
  }

  @Test
  void saysAllAtOnceInTheirOrder() {
    CommandLine line =
        CommandLine.parse(new String[] {"--lak=x", "--maxAge=x", "extra", "--enrich"});
    assertThat(
        line.problems(),
        contains(
            startsWith("--lak:"),
            startsWith("--maxAge:"),
            startsWith("extra:"),
            startsWith("--enrich:")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPOTIFY_CLIENT_SECRET=hunter2hunter2",
        "--clientSecret=hunter2hunter2",
        "--awsCredentialsProvider={\"awsSecretKey\":\"hunter2hunter2\"",
        "-Dsecret=hunter2hunter2",
      })
  void aSecretInTheWrongPlaceIsNotRepeated(String arg) {
    List<String> problems = CommandLine.parse(new String[] {arg}).problems();
    assertThat(problems, is(not(empty())));
    assertThat(problems, everyItem(not(containsString("hunter2"))));
  }

  @Test
  void whatIsRepeatedStaysOnOneLine() {
    List<String> problems =
        CommandLine.parse(new String[] {"a\u001b[31m\nb" + "c".repeat(5_000)}).problems();
    assertThat(problems.get(0), startsWith("a [31m bc"));
    assertThat(problems.get(0).length() < 200, is(true));
  }
}
