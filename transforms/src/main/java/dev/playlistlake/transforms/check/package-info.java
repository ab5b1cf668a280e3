/** The rows that a run is about to publish, held against the invariants. */
@NullMarked
package dev.playlistlake.transforms.check;

import org.jspecify.annotations.NullMarked;
