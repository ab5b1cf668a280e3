/** The lake's files: where they lie, how they are written, read, audited and published. */
@NullMarked
package dev.playlistlake.io.lake;

import org.jspecify.annotations.NullMarked;
