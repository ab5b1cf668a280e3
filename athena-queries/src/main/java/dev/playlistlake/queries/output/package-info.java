/** Answers as text, in the formats that a user may choose. */
@NullMarked
package dev.playlistlake.queries.output;

import org.jspecify.annotations.NullMarked;
