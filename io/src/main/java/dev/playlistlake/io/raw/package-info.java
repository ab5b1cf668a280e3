/** Stored responses: their paths, and how they are written, read and found again. */
@NullMarked
package dev.playlistlake.io.raw;

import org.jspecify.annotations.NullMarked;
