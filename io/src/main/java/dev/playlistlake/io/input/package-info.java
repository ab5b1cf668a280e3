/** The list of playlists, in the forms in which users keep it. */
@NullMarked
package dev.playlistlake.io.input;

import org.jspecify.annotations.NullMarked;
