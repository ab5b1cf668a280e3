package dev.playlistlake.pipeline.cli.offender;

import dev.playlistlake.pipeline.job.LakeOptions;

/** Breaks a rule on purpose, to see that the rule bites. */
public record KnowsJobs(LakeOptions options) {}
