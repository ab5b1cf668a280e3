/** Turns the main job's flags into a validated {@code LakeJob} and prepares its storage. */
@NullMarked
package dev.playlistlake.pipeline.job;

import org.jspecify.annotations.NullMarked;
