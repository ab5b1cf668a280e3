/**
 * The sample run: a server on the loopback address that behaves like the Spotify Web API, with a
 * catalog of invented music. Test fixtures build on it. It uses no other package of this project,
 * so that it cannot share a mistake with the client that it serves.
 */
@NullMarked
package dev.playlistlake.io.sample;

import org.jspecify.annotations.NullMarked;
