package dev.playlistlake.schema;

import dev.playlistlake.model.Claim;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;

/** A claim in a few bytes: there are several for every row. */
final class ClaimCoder extends AtomicCoder<Claim> {
  private static final VarIntCoder KIND = VarIntCoder.of();
  private static final StringUtf8Coder KEY = StringUtf8Coder.of();
  private static final VarLongCoder NUMBER = VarLongCoder.of();

  static ClaimCoder of() {
    return new ClaimCoder();
  }

  @Override
  public void encode(Claim value, OutputStream out) throws IOException {
    KIND.encode(value.kind().ordinal(), out);
    KEY.encode(value.key(), out);
    NUMBER.encode(value.number(), out);
  }

  @Override
  public Claim decode(InputStream in) throws IOException {
    return new Claim(Claim.Kind.values()[KIND.decode(in)], KEY.decode(in), NUMBER.decode(in));
  }
}
