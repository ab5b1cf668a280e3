/**
 * The sample run: a server on the loopback address that speaks as the Spotify Web API does, with a
 * catalog of invented music. Fixtures of the tests build on it; it depends on no other package of
 * this project, so that it cannot share a mistake with the client it answers.
 */
@NullMarked
package dev.playlistlake.io.sample;

import org.jspecify.annotations.NullMarked;
