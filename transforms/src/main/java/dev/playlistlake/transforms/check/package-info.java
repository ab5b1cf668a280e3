/** Checks the rows that a run is about to publish against the invariants. */
@NullMarked
package dev.playlistlake.transforms.check;

import org.jspecify.annotations.NullMarked;
