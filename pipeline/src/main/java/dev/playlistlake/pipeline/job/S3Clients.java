package dev.playlistlake.pipeline.job;

import dev.playlistlake.io.proxy.AwsHttp;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.beam.sdk.io.aws2.common.HttpClientConfiguration;
import org.apache.beam.sdk.io.aws2.options.S3Options;
import org.apache.beam.sdk.io.aws2.s3.DefaultS3ClientBuilderFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Beam's S3 clients, through a proxy. The options name only this class: the proxy is looked up on
 * the worker that opens the connection, and its password is never serialized.
 */
public final class S3Clients extends DefaultS3ClientBuilderFactory {
  @Override
  public S3ClientBuilder createBuilder(S3Options options) {
    S3ClientBuilder builder = super.createBuilder(options);
    if (options.getEndpoint() != null) {
      // Such a service rarely has a host name for each bucket.
      builder.forcePathStyle(true);
    }
    if (options.getProxyConfiguration() != null) {
      // The flag wins.
      return builder;
    }
    ApacheHttpClient.Builder http = AwsHttp.client();
    HttpClientConfiguration wanted = options.getHttpClientConfiguration();
    if (wanted != null) {
      millis(wanted.connectionAcquisitionTimeout(), http::connectionAcquisitionTimeout);
      millis(wanted.connectionMaxIdleTime(), http::connectionMaxIdleTime);
      millis(wanted.connectionTimeout(), http::connectionTimeout);
      millis(wanted.connectionTimeToLive(), http::connectionTimeToLive);
      millis(wanted.socketTimeout(), http::socketTimeout);
      if (wanted.maxConnections() != null) {
        http.maxConnections(wanted.maxConnections());
      }
    }
    return builder.httpClientBuilder(http);
  }

  private static void millis(@Nullable Integer value, Consumer<Duration> setter) {
    if (value != null) {
      setter.accept(Duration.ofMillis(value));
    }
  }
}
