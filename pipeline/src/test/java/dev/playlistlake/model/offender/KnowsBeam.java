package dev.playlistlake.model.offender;

import org.apache.beam.sdk.values.KV;

/** Breaks a rule on purpose. */
public record KnowsBeam(KV<String, String> pair) {}
