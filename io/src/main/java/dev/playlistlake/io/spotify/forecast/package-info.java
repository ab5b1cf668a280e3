/** Forecasts a run without running it: the requests and rows that {@code plan} shows. */
@NullMarked
package dev.playlistlake.io.spotify.forecast;

import org.jspecify.annotations.NullMarked;
