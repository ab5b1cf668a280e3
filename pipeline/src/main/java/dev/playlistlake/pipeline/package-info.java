/** The program's main: it assembles the commands, and knows nothing else. */
@NullMarked
package dev.playlistlake.pipeline;

import org.jspecify.annotations.NullMarked;
