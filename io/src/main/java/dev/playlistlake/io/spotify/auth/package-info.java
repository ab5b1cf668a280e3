/** Credentials, access tokens, and their renewal. */
@NullMarked
package dev.playlistlake.io.spotify.auth;

import org.jspecify.annotations.NullMarked;
