/** Runs a job: its graph, its runner, and the verdict and summary of its result. */
@NullMarked
package dev.playlistlake.pipeline.run;

import org.jspecify.annotations.NullMarked;
