package dev.playlistlake.pipeline.offendertwo;

import dev.playlistlake.pipeline.offenderone.OneOfTwo;
import org.jspecify.annotations.Nullable;

/** Breaks a rule on purpose, to see that the rule bites. */
public record TwoOfTwo(@Nullable OneOfTwo other) {}
