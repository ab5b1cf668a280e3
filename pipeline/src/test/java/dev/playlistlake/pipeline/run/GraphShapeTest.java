package dev.playlistlake.pipeline.run;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;

import dev.playlistlake.pipeline.Program;
import dev.playlistlake.pipeline.cli.BadInputException;
import dev.playlistlake.pipeline.cli.Surroundings;
import dev.playlistlake.pipeline.job.JobFlags;
import dev.playlistlake.pipeline.job.LakeJobFactory;
import dev.playlistlake.testing.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.runners.TransformHierarchy.Node;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph's steps: their names, as the runner's UI shows them, and how many there are. */
class GraphShapeTest {
  private static final Path GOLDEN = Path.of("src/test/resources/graph-steps.txt");

  /**
   * One to bring the list together and one behind each stage of requests, to spread what was
   * stored; five to resolve and merge, one each to carry forward, to gather ids for details, to
   * compare, to check and to publish, and one per table.
   */
  private static final int SHUFFLES = 20;

  /** How deep the golden file looks into composites. */
  private static final int LEVELS = 2;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  private final List<String> steps = new ArrayList<>();
  private final List<String> shuffles = new ArrayList<>();

  @BeforeEach
  void lookThroughTheGraph() throws BadInputException {
    JobFlags flags = Program.flags("--playlists=37i9dQZF1DXcBWIGoYBM5M", "--lake=" + folder);
    Pipeline pipeline = Pipeline.create(flags.options());
    LakeGraph.applyTo(pipeline, LakeJobFactory.create(flags, Surroundings.usual()));
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(Node node) {
            String[] path = node.getFullName().split("/", -1);
            if (!node.isRootNode() && path.length <= LEVELS) {
              steps.add("  ".repeat(path.length - 1) + path[path.length - 1]);
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }

          @Override
          public void visitPrimitiveTransform(Node node) {
            if (node.toAppliedPTransform(getPipeline()).getTransform() instanceof GroupByKey) {
              shuffles.add(node.getFullName());
            }
          }
        });
  }

  @Test
  void theStepsAreTheseAndReadWell() throws IOException {
    String shape = String.join("\n", steps) + "\n";
    Golden.assertUpToDate(
        GOLDEN, shape, "transforms,io,athena-queries,pipeline", GraphShapeTest.class);
  }

  /** Each shuffle costs a cluster a round of files, and the DirectRunner a copy of all groups. */
  @Test
  void shufflesNoMoreThanItMust() {
    assertThat(shuffles, hasSize(SHUFFLES));
  }
}
