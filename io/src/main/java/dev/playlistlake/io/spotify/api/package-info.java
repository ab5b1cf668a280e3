/**
 * The Web API as data: requests that can be sent, responses as records, in both dialects; no
 * network, no lake.
 */
@NullMarked
package dev.playlistlake.io.spotify.api;

import org.jspecify.annotations.NullMarked;
