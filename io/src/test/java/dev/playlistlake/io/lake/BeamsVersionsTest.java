package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.apache.avro.Schema;
import org.apache.parquet.Version;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Beam is built against these; another version that some dependency drags in breaks at run time.
 */
class BeamsVersionsTest {
  @Test
  void avroIsTheOneBeamWasBuiltWith() {
    assertThat(Schema.class.getPackage().getImplementationVersion(), is("1.11.5"));
  }

  @Test
  void allOfTheAwsSdkIsTheOneBeamWasBuiltWith() {
    assertThat(VersionInfo.SDK_VERSION, is("2.20.162"));
    assertThat(
        SecretsManagerClient.class.getPackage().getImplementationVersion(),
        is(S3Client.class.getPackage().getImplementationVersion()));
  }

  @Test
  void parquetIsTheOneBeamWasBuiltWith() {
    assertThat(Version.FULL_VERSION, containsString("version 1.15.2"));
  }
}
