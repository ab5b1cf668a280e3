package dev.playlistlake.pipeline.job;

import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import software.amazon.awssdk.regions.Region;

/** Beam's file systems, which must know S3's flags before they are used. */
public final class Storage {
  private Storage() {}

  /**
   * Makes them ready.
   *
   * @param usesS3 whether S3 is going to be used at all
   */
  public static void prepare(S3Options options, boolean usesS3) {
    if (!usesS3) {
      // Else the file systems look for the machine's region, and wait where there is none to ask.
      options.setAwsRegion(Region.US_EAST_1);
    }
    FileSystems.setDefaultPipelineOptions(options);
  }
}
