/** A person signs in through a browser (authorization code with PKCE). */
@NullMarked
package dev.playlistlake.io.spotify.login;

import org.jspecify.annotations.NullMarked;
