/** Runs the state machines: threads, retries, budget, stop and progress. */
@NullMarked
package dev.playlistlake.io.spotify.fetch;

import org.jspecify.annotations.NullMarked;
