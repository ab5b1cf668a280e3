/** The command {@code status}: the verdict on a run that has ended. */
@NullMarked
package dev.playlistlake.pipeline.status;

import org.jspecify.annotations.NullMarked;
