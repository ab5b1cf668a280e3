/** Parses stored responses to rows. */
@NullMarked
package dev.playlistlake.io.spotify.parse;

import org.jspecify.annotations.NullMarked;
