package dev.playlistlake.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.SampleCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LakeRunTest {
  private final Path folder;

  LakeRunTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "--runner=DirectRunner, true",
    "--runner=FlinkRunner, true",
    "--runner=FlinkRunner --flinkMaster=[local], true",
    "--runner=FlinkRunner --flinkMaster=[auto], true",
    "--runner=FlinkRunner --flinkMaster=localhost:8081, false",
  })
  void anEmbeddedRunnerAsksInThisProcess(String flags, boolean here) throws Exception {
    assertThat(run(flags).asksInThisProcess(), is(here));
  }

  @Test
  void flinksOwnCommandLeavesTheAskingToTheCluster() throws Exception {
    LakeRun run = run("--runner=FlinkRunner");
    StreamContextEnvironment.setAsContext(
        new DefaultExecutorServiceLoader(),
        new Configuration(),
        getClass().getClassLoader(),
        true,
        true);
    try {
      assertThat(run.asksInThisProcess(), is(false));
    } finally {
      StreamContextEnvironment.unsetAsContext();
    }
  }

  private LakeRun run(String flags) throws BadInputException {
    List<String> args = new ArrayList<>();
    args.add("--playlists=" + SampleCatalog.EMPTY);
    args.add("--lake=" + folder.resolve("lake"));
    if (!flags.isEmpty()) {
      args.addAll(List.of(flags.split(" ", -1)));
    }
    CommandLine line = CommandLine.parse(args.toArray(new String[0]));
    return LakeRun.of(line.options(), LakeJobFactory.create(line, Surroundings.usual()));
  }
}
