package dev.playlistlake.pipeline.job;

import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import software.amazon.awssdk.regions.Region;

/** Beam's file systems, which need the S3 flags before first use. */
public final class Storage {
  private Storage() {}

  /**
   * Configures them.
   *
   * @param usesS3 whether the run uses S3
   */
  public static void prepare(S3Options options, boolean usesS3) {
    if (!usesS3) {
      // Otherwise the file systems look up the machine's region, and wait if there is none.
      options.setAwsRegion(Region.US_EAST_1);
    }
    FileSystems.setDefaultPipelineOptions(options);
  }
}
