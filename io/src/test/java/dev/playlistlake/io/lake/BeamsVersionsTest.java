package dev.playlistlake.io.lake;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import org.apache.avro.Schema;
import org.apache.parquet.Version;
import org.junit.jupiter.api.Test;

/**
 * Beam is built against these; another version that some dependency drags in breaks at run time.
 */
class BeamsVersionsTest {
  @Test
  void avroIsTheOneBeamWasBuiltWith() {
    assertThat(Schema.class.getPackage().getImplementationVersion(), is("1.11.4"));
  }

  @Test
  void parquetIsTheOneBeamWasBuiltWith() {
    assertThat(Version.FULL_VERSION, containsString("version 1.13.1"));
  }
}
