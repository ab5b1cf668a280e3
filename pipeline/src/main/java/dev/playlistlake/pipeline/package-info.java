/** The program's main class: it only assembles the commands. */
@NullMarked
package dev.playlistlake.pipeline;

import org.jspecify.annotations.NullMarked;
