/** The SQL files of the lake, as resources. */
@NullMarked
package dev.playlistlake.queries;

import org.jspecify.annotations.NullMarked;
