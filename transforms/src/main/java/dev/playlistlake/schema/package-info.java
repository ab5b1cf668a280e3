/** The tables as schemas, and the conversion between records and rows. */
@NullMarked
package dev.playlistlake.schema;

import org.jspecify.annotations.NullMarked;
