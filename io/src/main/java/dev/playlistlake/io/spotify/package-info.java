/** Asking the Spotify Web API, storing its answers, and reading them back as records. */
@NullMarked
package dev.playlistlake.io.spotify;

import org.jspecify.annotations.NullMarked;
