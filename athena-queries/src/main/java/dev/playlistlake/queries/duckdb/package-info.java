/** Queries a lake on disk through DuckDB: what it reads, and the errors if it cannot. */
@NullMarked
package dev.playlistlake.queries.duckdb;

import org.jspecify.annotations.NullMarked;
