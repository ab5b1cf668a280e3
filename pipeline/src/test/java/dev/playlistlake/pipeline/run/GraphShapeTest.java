package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.playlistlake.pipeline.Program;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of the graph's steps, as the runner's UI shows them. */
class GraphShapeTest {
  private static final Path GOLDEN = Path.of("src/test/resources/graph-steps.txt");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @Test
  void theStepsAreTheseAndReadWell() throws IOException, BadInputException {
    JobFlags flags = Program.flags("--playlists=37i9dQZF1DXcBWIGoYBM5M", "--lake=" + folder);
    Pipeline pipeline = Pipeline.create(flags.options());
    LakeGraph.applyTo(pipeline, LakeJobFactory.create(flags, Surroundings.usual()));
    List<String> steps = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            String name = node.getFullName();
            if (!name.isEmpty() && !name.contains("/")) {
              steps.add(name);
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    String shape = String.join("\n", steps) + "\n";
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(GOLDEN.getParent());
      Files.writeString(GOLDEN, shape);
    }
    assertThat(
        "if this change is meant: mvn -pl transforms,io,pipeline test -Dtest=GraphShapeTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update=true",
        shape,
        equalTo(Files.readString(GOLDEN)));
  }
}
