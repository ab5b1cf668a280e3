/** What the day has stored already, what need not be fetched again, and replay. */
@NullMarked
package dev.playlistlake.io.spotify.stored;

import org.jspecify.annotations.NullMarked;
