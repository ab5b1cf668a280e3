/**
 * From the flags of the main job to a validated {@code LakeJob}, and to the storage that it is
 * about.
 */
@NullMarked
package dev.playlistlake.pipeline.job;

import org.jspecify.annotations.NullMarked;
