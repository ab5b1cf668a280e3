/**
 * When the next request may be sent; learns the allowed rate. A leaf that knows nothing of Spotify.
 */
@NullMarked
package dev.playlistlake.io.spotify.rate;

import org.jspecify.annotations.NullMarked;
