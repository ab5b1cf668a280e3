/** The lake's files: paths, names, and how Parquet is written and read. */
@NullMarked
package dev.playlistlake.io.lake;

import org.jspecify.annotations.NullMarked;
