/** Queries of a lake as SQL: views, reports and table definitions. */
@NullMarked
package dev.playlistlake.queries.sql;

import org.jspecify.annotations.NullMarked;
