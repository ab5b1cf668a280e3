/** The command {@code query}: asks a lake on disk a question. */
@NullMarked
package dev.playlistlake.pipeline.query;

import org.jspecify.annotations.NullMarked;
