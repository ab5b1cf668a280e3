package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.playlistlake.io.sample.SampleCatalog;
import dev.playlistlake.pipeline.Program;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.Deployment;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
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
    "'', IN_THIS_PROCESS",
    "--runner=DirectRunner, IN_THIS_PROCESS",
    "--runner=DirectRunner --attachedMode=false, IN_THIS_PROCESS",
    "--runner=FlinkRunner, IN_THIS_PROCESS",
    "--runner=FlinkRunner --attachedMode=false, IN_THIS_PROCESS",
    "--runner=FlinkRunner --flinkMaster=[local], IN_THIS_PROCESS",
    "--runner=FlinkRunner --flinkMaster=[auto], IN_THIS_PROCESS",
    "--runner=FlinkRunner --flinkMaster=localhost:8081, ON_A_CLUSTER",
    "--runner=FlinkRunner --flinkMaster=localhost:8081 --attachedMode=false, DETACHED",
  })
  void withoutFlinksCommandTheFlagsTellWhereItRuns(String flags, Deployment deployment)
      throws Exception {
    assertThat(run(flags).deployment(), is(deployment));
  }

  /** As Flink prepares the process in which it calls main. */
  @ParameterizedTest
  @CsvSource({
    "remote, true, '', ON_A_CLUSTER",
    "remote, true, --attachedMode=false, DETACHED",
    "remote, false, '', DETACHED",
    "yarn-session, true, '', ON_A_CLUSTER",
    "embedded, true, '', WITHIN_THE_CLUSTER",
    "embedded, false, '', DETACHED",
  })
  void flinksOwnCommandTellsWhereItRuns(
      String target, boolean attached, String flags, Deployment deployment) throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(DeploymentOptions.TARGET, target);
    configuration.set(DeploymentOptions.ATTACHED, attached);
    StreamContextEnvironment.setAsContext(
        new DefaultExecutorServiceLoader(), configuration, getClass().getClassLoader(), true, true);
    try {
      assertThat(run(("--runner=FlinkRunner " + flags).strip()).deployment(), is(deployment));
      assertThat(Deployment.isWithinTheCluster(), is(target.equals("embedded")));
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
    JobFlags job = Program.flags(args.toArray(new String[0]));
    return LakeRun.of(job.options(), LakeJobFactory.create(job, Surroundings.usual()));
  }
}
