/** One HTTP exchange: builds a request, sends it once and keeps the whole response. */
@NullMarked
package dev.playlistlake.io.spotify.http;

import org.jspecify.annotations.NullMarked;
