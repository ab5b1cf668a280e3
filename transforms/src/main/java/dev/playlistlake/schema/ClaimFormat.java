package dev.playlistlake.schema;

import dev.playlistlake.model.run.IntegrityClaim;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** Claims in a few bytes: there are several for every row. */
public record ClaimFormat() implements RowFormat<IntegrityClaim> {
  @Override
  public void write(IntegrityClaim value, BinaryEncoder out) throws IOException {
    out.writeInt(value.kind().ordinal());
    out.writeString(value.key());
    out.writeLong(value.number());
  }

  @Override
  public IntegrityClaim read(BinaryDecoder in) throws IOException {
    return new IntegrityClaim(
        IntegrityClaim.Kind.values()[in.readInt()], in.readString(), in.readLong());
  }
}
