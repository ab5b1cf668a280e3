/**
 * An embedded stand-in for the Spotify Web API, over real HTTP on the loopback address, with a
 * sample of invented music. It serves the sample mode, the tests and the benchmarks; it depends on
 * no other package of this project, so that it cannot share a mistake with the client it answers.
 */
@NullMarked
package dev.playlistlake.io.sample;

import org.jspecify.annotations.NullMarked;
