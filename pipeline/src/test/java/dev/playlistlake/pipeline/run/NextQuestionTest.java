package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NextQuestionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "./lake | pipeline/target/playlist-lake.jar --lake=x"
            + " | java -jar pipeline/target/playlist-lake.jar query --lake=./lake --report=top_artists",
        "./lake | org.codehaus.plexus.classworlds.launcher.Launcher -q compile exec:java"
            + " | mvn -q compile exec:java -Dexec.args=\"query --lake=./lake --report=top_artists\"",
        "./lake | org.apache.flink.client.cli.CliFrontend run playlist-lake-flink.jar"
            + " | java -jar playlist-lake.jar query --lake=./lake --report=top_artists",
        "./lake | /x/playlist-lake-flink.jar"
            + " | java -jar playlist-lake.jar query --lake=./lake --report=top_artists",
        "my lake | playlist-lake.jar"
            + " | java -jar playlist-lake.jar query --lake='my lake' --report=top_artists",
        "s3://b/lake | playlist-lake.jar"
            + " | aws s3 sync s3://b/lake ./lake --exclude 'raw/*' &&"
            + " java -jar playlist-lake.jar query --lake=./lake --report=top_artists",
      })
  void isTypedAsTheProgramWasStarted(String lake, String started, String expected) {
    assertThat(NextQuestion.to(lake, started), is(expected));
  }
}
