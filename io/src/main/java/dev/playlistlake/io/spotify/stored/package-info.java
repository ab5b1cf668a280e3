/** What the day has already stored, what need not be fetched again, and replay. */
@NullMarked
package dev.playlistlake.io.spotify.stored;

import org.jspecify.annotations.NullMarked;
