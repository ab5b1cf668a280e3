/**
 * One state machine per stored object, fed by live and stored responses alike: what to request
 * next, and what the responses amount to.
 */
@NullMarked
package dev.playlistlake.io.spotify.reading;

import org.jspecify.annotations.NullMarked;
