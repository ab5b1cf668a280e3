/** The catalog: table definitions made from the table schemas. */
@NullMarked
package dev.playlistlake.glue;

import org.jspecify.annotations.NullMarked;
