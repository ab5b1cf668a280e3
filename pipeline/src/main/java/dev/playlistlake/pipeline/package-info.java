/** Options, graph, main: the only place that knows flags and runners. */
@NullMarked
package dev.playlistlake.pipeline;

import org.jspecify.annotations.NullMarked;
