package dev.playlistlake.pipeline.offenderone;

import dev.playlistlake.pipeline.offendertwo.TwoOfTwo;

/** Breaks a rule on purpose, to see that the rule bites. */
public record OneOfTwo(TwoOfTwo other) {}
