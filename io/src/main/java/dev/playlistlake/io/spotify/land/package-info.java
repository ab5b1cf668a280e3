/** The fetching stage of the graph: fetches what is not stored, stores it, and emits its paths. */
@NullMarked
package dev.playlistlake.io.spotify.land;

import org.jspecify.annotations.NullMarked;
