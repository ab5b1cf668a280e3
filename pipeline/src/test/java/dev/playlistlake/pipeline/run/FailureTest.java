package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;

import dev.playlistlake.io.lake.LakeException;
import java.net.ConnectException;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.util.FlinkException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void theLakesFailureIsFoundHoweverDeepItLies() {
    LakeException lake = new LakeException("cannot write there", new IllegalStateException());
    RuntimeException wrapped = new RuntimeException(new RuntimeException(lake));
    assertThat(Failure.ofThisProcess(wrapped), is(sameInstance(lake)));
    assertThat(Failure.ofCluster(wrapped), is(sameInstance(lake)));
  }

  @Test
  void theLakesFailureComesFromAfarInAWrapper() {
    LakeException lake = new LakeException("cannot write there", new IllegalStateException());
    RuntimeException failure = Failure.ofCluster(ended(new SerializedThrowable(lake)));
    assertThat(failure, is(instanceOf(LakeException.class)));
    assertThat(failure.getMessage(), is("cannot write there"));
  }

  @Test
  void whatAStepThrowsIsABug() {
    RuntimeException thrownHere = ended(new IllegalStateException("a bug"));
    assertThat(Failure.ofCluster(thrownHere), is(sameInstance(thrownHere)));
    RuntimeException thrownInBeam =
        ended(from("org.apache.beam.sdk.coders.VarIntCoder", new IllegalStateException("a bug")));
    assertThat(Failure.ofCluster(thrownInBeam), is(sameInstance(thrownInBeam)));
  }

  @Test
  void aJobThatWasGivenUpIsTheClustersFailure() {
    RuntimeException failure =
        Failure.ofCluster(
            ended(
                from(
                    "org.apache.flink.runtime.heartbeat.HeartbeatMonitor",
                    new TimeoutException("Heartbeat of TaskManager with id tm1 timed out."))));
    assertThat(failure, is(instanceOf(ClusterException.class)));
    assertThat(
        failure.getMessage(),
        is("it gave the job up: Heartbeat of TaskManager with id tm1 timed out."));
  }

  @Test
  void aClusterThatDoesNotAnswerIsItsFailure() {
    RuntimeException unreachable =
        new RuntimeException(
            new FlinkException("Connection refused: host/127.0.0.1:8081", new ConnectException()));
    RuntimeException failure = Failure.ofCluster(unreachable);
    assertThat(failure, is(instanceOf(ClusterException.class)));
    assertThat(failure.getMessage(), is("Connection refused: host/127.0.0.1:8081"));
  }

  @Test
  void allElseIsABug() {
    RuntimeException bug = new IllegalStateException("a bug");
    assertThat(Failure.ofCluster(bug), is(sameInstance(bug)));
    RuntimeException inFlinkHere = ended(new TimeoutException("in this process"));
    assertThat(Failure.ofThisProcess(inFlinkHere), is(sameInstance(inFlinkHere)));
  }

  /** As Flink's client tells that a job ended badly. */
  private static RuntimeException ended(Throwable why) {
    return new RuntimeException(
        "Pipeline execution failed", new JobExecutionException(new JobID(), why));
  }

  private static <T extends Throwable> T from(String className, T thrown) {
    thrown.setStackTrace(
        new StackTraceElement[] {new StackTraceElement(className, "run", "File.java", 1)});
    return thrown;
  }
}
