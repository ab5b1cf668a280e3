package dev.playlistlake.io.spotify.parse;

import dev.playlistlake.io.spotify.forecast.ParsesAgain;
import dev.playlistlake.io.spotify.http.HttpSettings;

/** An offender: parsing that needs a connection, and a forecast. */
public record SendsRequests(HttpSettings settings, ParsesAgain forecast) {}
