/** What is asked of a lake, as SQL: views, reports and the definitions of tables. */
@NullMarked
package dev.playlistlake.queries.sql;

import org.jspecify.annotations.NullMarked;
