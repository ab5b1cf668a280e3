package dev.playlistlake.pipeline;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Left to the longer proof, {@code -Dplaylistlake.long=true}: what is checked otherwise as well.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@EnabledIfSystemProperty(
    named = "playlistlake.long",
    matches = "true",
    disabledReason = "-Dplaylistlake.long=true tries it")
public @interface LongProof {}
