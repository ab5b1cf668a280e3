/** The command {@code query}: queries a lake on disk. */
@NullMarked
package dev.playlistlake.pipeline.query;

import org.jspecify.annotations.NullMarked;
