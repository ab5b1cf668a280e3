package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.pipeline.job.JobFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The flags of the main job, before anything is looked at. */
class ArgumentsTest {

  @Test
  void readsFlagsIntoOptions() {
    JobFlags flags = Program.flags("--playlists=a,b", "--maxAge=0", "--requestBudget=3000000000");
    assertThat(flags.problems().sentences(), is(empty()));
    assertThat(flags.options().getPlaylists(), is("a,b"));
    assertThat(flags.options().getMaxAge(), is(0));
    assertThat(flags.options().getRequestBudget(), is(3_000_000_000L));
    assertThat(flags.options().getLake(), is(nullValue()));
  }

  @Test
  void aBooleanNeedsNoValue() {
    assertThat(Program.flags("--verbose").options().getVerbose(), is(Boolean.TRUE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--playlist=x            | --playlist  | Did you mean --playlists?",
        "--plaYLists=x           | --plaYLists | Did you mean --playlists?",
        "--nothingLikeAnyFlag=1  | --nothingLikeAnyFlag | not a flag of run. See help run",
        "--playlists             | --playlists | needs a value, for example --playlists=me",
        "--playlists=            | --playlists | needs a value",
        "--maxAge                | --maxAge    | needs a value, for example --maxAge=7",
        "--maxAge=soon           | --maxAge    | not a whole number",
        "--maxAge=7.5            | --maxAge    | not a whole number",
        "--maxAge=99999999999    | --maxAge    | too large",
        "--verbose=perhaps       | --verbose   | neither true nor false",
        "--runner=SparkRunner    | --runner    | neither DirectRunner nor FlinkRunner",
        "-playlists=x            | -playlists  | Did you mean --playlists?",
        "playlists.csv           | playlists.csv | not a flag",
        "@playlists.args         | @playlists.args | argument file",
      })
  void saysWhatIsWrongWithOneFlag(String arg, String flag, String key) {
    assertThat(
        Program.flags(arg).problems().sentences(),
        contains(allOf(matchesPattern(Pattern.quote(flag) + ":? .*"), containsString(key))));
  }

  /** A flag's value stands behind an equals sign or a space; one that looks like a flag is none. */
  @Test
  void aValueMayStandApart() {
    JobFlags flags =
        Program.flags("--playlists", "a,b", "--maxAge", "0", "--verbose", "--lake", "-odd");
    assertThat(flags.problems().sentences(), is(empty()));
    assertThat(flags.options().getPlaylists(), is("a,b"));
    assertThat(flags.options().getMaxAge(), is(0));
    assertThat(flags.options().getVerbose(), is(Boolean.TRUE));
    assertThat(flags.options().getLake(), is("-odd"));
  }

  @Test
  void aBooleanTakesTrueAndFalseOnlyFromBehindASpace() {
    JobFlags flags = Program.flags("--allowGone", "true", "--verbose", "false");
    assertThat(flags.problems().sentences(), is(empty()));
    assertThat(flags.options().getAllowGone(), is(Boolean.TRUE));
    assertThat(flags.options().getVerbose(), is(Boolean.FALSE));
    assertThat(
        Program.flags("--verbose", "perhaps").problems().sentences(),
        contains(startsWith("perhaps ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--maxAge", "--nonsense", "--help", "-h", "--"})
  void aFlagIsNoValue(String next) {
    List<String> problems = Program.flags("--lake", next, "--mine", "owned").problems().sentences();
    assertThat(problems.get(0), startsWith("--lake needs a value"));
    assertThat(problems, everyItem(not(containsString("owned"))));
  }

  @Test
  void whatLooksLikeAFlagIsAValueBehindAnEqualsSign() {
    assertThat(Program.flags("--lake=--odd").options().getLake(), is("--odd"));
  }

  @Test
  void whatFollowsAMissingValueIsReadAllTheSame() {
    JobFlags flags = Program.flags("--lake", "--maxAge", "3", "--mine=owned");
    assertThat(flags.problems().sentences(), contains(startsWith("--lake needs a value")));
    assertThat(flags.options().getMaxAge(), is(3));
    assertThat(flags.options().getMine(), is("owned"));
  }

  @Test
  void optionsOfRunnersAndOfS3GoToBeam() {
    JobFlags flags =
        Program.flags(
            "--runner",
            "FlinkRunner",
            "--flinkMaster=[local]",
            "--parallelism",
            "2",
            "--awsRegion=eu-west-1",
            "--attachedMode",
            "false");
    assertThat(flags.problems().sentences(), is(empty()));
    FlinkPipelineOptions flink = flags.options().as(FlinkPipelineOptions.class);
    assertThat(flink.getRunner().getSimpleName(), is("FlinkRunner"));
    assertThat(flink.getFlinkMaster(), is("[local]"));
    assertThat(flink.getParallelism(), is(2));
    assertThat(flink.getAttachedMode(), is(false));
    assertThat(String.valueOf(flags.options().getAwsRegion()), is("eu-west-1"));
  }

  @Test
  void argumentFilesAreRead(@TempDir Path folder) throws IOException {
    Path more = Files.writeString(folder.resolve("more"), "--mine=owned\n");
    Path file =
        Files.writeString(
            folder.resolve("args"), "# my list\n--playlists \"a, b\"\n--maxAge=x @" + more + "\n");
    JobFlags flags = Program.flags("@" + file, "--lake=@@x", "--credentials", "@@y");
    assertThat(flags.problems().sentences(), contains(startsWith("--maxAge: 'x'")));
    assertThat(flags.options().getPlaylists(), is("a, b"));
    assertThat(flags.options().getMine(), is("owned"));
    assertThat(flags.options().getLake(), is("@@x"));
    assertThat(flags.options().getCredentials(), is("@y"));
  }

  @Test
  void aCommandComesFirst() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Program.flags("--lake=x", "--nonsense=1", "query", "--report=x"));
    assertThat(e.getMessage(), allOf(startsWith("query "), containsString("comes first")));
  }

  @Test
  void theSecondOfTwoIsSaid() {
    JobFlags flags = Program.flags("--playlists=a", "--playlists=b");
    assertThat(flags.problems().sentences(), contains("--playlists is given twice"));
    assertThat(flags.options().getPlaylists(), is("a"));
  }

  @Test
  void saysAllAtOnceInTheirOrder() {
    JobFlags flags = Program.flags("--lak=x", "--maxAge=x", "extra", "--enrich");
    assertThat(
        flags.problems().sentences(),
        contains(
            startsWith("--lak "),
            startsWith("--maxAge:"),
            startsWith("extra "),
            startsWith("--enrich ")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SPOTIFY_CLIENT_SECRET=hunter2hunter2",
        "--clientSecret=hunter2hunter2",
        "--awsCredentialsProvider={\"awsSecretKey\":\"hunter2hunter2\"",
        "-Dsecret=hunter2hunter2",
        "--clientSecret hunter2hunter2",
        "-secret hunter2hunter2",
      })
  void aSecretInTheWrongPlaceIsNotRepeated(String arg) {
    List<String> problems = Program.flags(arg.split(" ")).problems().sentences();
    assertThat(problems, is(not(empty())));
    assertThat(problems, everyItem(not(containsString("hunter2"))));
  }

  @Test
  void whatIsRepeatedStaysOnOneLine() {
    List<String> problems =
        Program.flags("a\u001b[31m\nb" + "c".repeat(5_000)).problems().sentences();
    assertThat(problems.get(0), startsWith("a [31m bc"));
    assertThat(problems.get(0).length() < 200, is(true));
  }
}
