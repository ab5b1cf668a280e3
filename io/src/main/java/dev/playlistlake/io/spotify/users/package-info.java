/** User ids: kept, hashed or dropped. */
@NullMarked
package dev.playlistlake.io.spotify.users;

import org.jspecify.annotations.NullMarked;
