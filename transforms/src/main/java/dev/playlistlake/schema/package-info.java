/** The tables as schemas, and the way from a record to a row and back. */
@NullMarked
package dev.playlistlake.schema;

import org.jspecify.annotations.NullMarked;
