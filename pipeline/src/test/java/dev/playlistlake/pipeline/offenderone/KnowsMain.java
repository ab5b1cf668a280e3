package dev.playlistlake.pipeline.offenderone;

import dev.playlistlake.pipeline.PlaylistLake;

/** Breaks a rule on purpose, to see that the rule bites. */
public record KnowsMain(PlaylistLake main) {}
