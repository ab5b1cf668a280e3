/** Test fixtures shared by several modules. */
@NullMarked
package dev.playlistlake.testing;

import org.jspecify.annotations.NullMarked;
