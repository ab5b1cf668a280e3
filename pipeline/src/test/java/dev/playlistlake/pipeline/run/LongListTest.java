package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import dev.playlistlake.pipeline.JobRun;
import dev.playlistlake.pipeline.Program;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJob;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list of a hundred thousand lines becomes a job and a graph that can be sent. */
class LongListTest {
  private static final int LINES = 100_000;

  @Test
  void becomesAGraph(@TempDir Path folder) throws Exception {
    StringBuilder text = new StringBuilder("# everything\n");
    for (int i = 0; i < LINES; i++) {
      text.append("https://open.spotify.com/playlist/")
          .append(String.format(Locale.ROOT, "%022d", i))
          .append("?si=5a1f0c92d77e4b03\r\n");
    }
    Path list = JobRun.write(folder.resolve("list.txt"), text.toString());
    JobFlags flags = Program.flags("--playlists=" + list, "--lake=" + folder.resolve("lake"));
    LakeJob job = LakeJobFactory.create(flags, Surroundings.usual());
    assertThat(job.entries(), hasSize(LINES));
    Pipeline pipeline = Pipeline.create(flags.options());
    LakeGraph.applyTo(pipeline, job);
    int size = PipelineTranslation.toProto(pipeline).getSerializedSize();
    assertThat("bytes a line", size / LINES, is(lessThan(100)));
  }
}
