package dev.playlistlake.schema;

import dev.playlistlake.model.Claim;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** Claims in a few bytes: there are several for every row. */
public record ClaimFormat() implements RowFormat<Claim> {
  @Override
  public void write(Claim value, BinaryEncoder out) throws IOException {
    out.writeInt(value.kind().ordinal());
    out.writeString(value.key());
    out.writeLong(value.number());
  }

  @Override
  public Claim read(BinaryDecoder in) throws IOException {
    return new Claim(Claim.Kind.values()[in.readInt()], in.readString(), in.readLong());
  }
}
