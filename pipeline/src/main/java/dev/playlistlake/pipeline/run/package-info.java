/**
 * Runs a job: the graph, the runner that it is handed to, and the verdict and summary of what
 * became of it.
 */
@NullMarked
package dev.playlistlake.pipeline.run;

import org.jspecify.annotations.NullMarked;
