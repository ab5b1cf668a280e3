/**
 * The command {@code plan}: what a run would request, how long it takes and what it leaves on disk.
 */
@NullMarked
package dev.playlistlake.pipeline.plan;

import org.jspecify.annotations.NullMarked;
