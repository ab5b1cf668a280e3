/**
 * A lake on disk, asked through DuckDB: what of it is read, and what is said where it cannot be.
 */
@NullMarked
package dev.playlistlake.queries.duckdb;

import org.jspecify.annotations.NullMarked;
