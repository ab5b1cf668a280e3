package dev.playlistlake.pipeline.job;

import dev.playlistlake.pipeline.cli.FlagValues;
import java.net.URI;
import java.util.Optional;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import software.amazon.awssdk.regions.Region;

/** Where S3 is, for commands that read a lake; credentials come from the AWS default chain. */
public final class S3Flags {
  @Option(names = "--awsRegion", paramLabel = "eu-west-1")
  Optional<String> awsRegion = Optional.empty();

  /** An S3-compatible service. */
  @Option(names = "--endpoint", paramLabel = "http://HOST:PORT", converter = Endpoint.class)
  Optional<URI> endpoint = Optional.empty();

  /** As Beam's options. */
  public S3Options options() {
    S3Options options = PipelineOptionsFactory.as(S3Options.class);
    awsRegion.map(Region::of).ifPresent(options::setAwsRegion);
    endpoint.ifPresent(options::setEndpoint);
    return options;
  }

  static final class Endpoint implements ITypeConverter<URI> {
    @Override
    public URI convert(String given) {
      String words = "'" + FlagValues.shown(given) + "' is not a URL like http://HOST:PORT";
      try {
        URI url = URI.create(given);
        if (url.getHost() != null && String.valueOf(url.getScheme()).matches("https?")) {
          return url;
        }
      } catch (IllegalArgumentException e) {
        throw FlagValues.wrong(words);
      }
      throw FlagValues.wrong(words);
    }
  }
}
