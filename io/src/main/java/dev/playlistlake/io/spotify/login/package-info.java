/** Signs in a user through a browser: the authorization code flow with PKCE. */
@NullMarked
package dev.playlistlake.io.spotify.login;

import org.jspecify.annotations.NullMarked;
