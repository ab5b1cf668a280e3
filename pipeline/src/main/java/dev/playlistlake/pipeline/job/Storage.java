package dev.playlistlake.pipeline.job;

import java.net.URI;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import software.amazon.awssdk.regions.Region;

/** Beam's file systems, which need the S3 flags before first use. */
public final class Storage {
  private static final URI S3 = URI.create("https://s3.amazonaws.com");

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
    // Serialized by name: each worker looks up its own proxy.
    options.setS3ClientFactoryClass(S3Clients.class);
    FileSystems.setDefaultPipelineOptions(options);
  }

  /** Where S3 is. */
  static URI s3(S3Options options) {
    URI endpoint = options.getEndpoint();
    return endpoint == null ? S3 : endpoint;
  }
}
