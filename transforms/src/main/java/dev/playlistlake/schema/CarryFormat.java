package dev.playlistlake.schema;

import dev.playlistlake.model.ReadStatus;
import dev.playlistlake.model.run.Carry;
import java.io.IOException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** Orders to carry rows. */
public record CarryFormat() implements RowFormat<Carry> {
  @Override
  public void write(Carry value, BinaryEncoder out) throws IOException {
    out.writeString(value.playlistId());
    out.writeInt(value.fromPosition());
    out.writeString(value.rowAs() == null ? "" : value.rowAs().name());
  }

  @Override
  public Carry read(BinaryDecoder in) throws IOException {
    String playlistId = in.readString();
    int fromPosition = in.readInt();
    String rowAs = in.readString();
    return new Carry(playlistId, fromPosition, rowAs.isEmpty() ? null : new ReadStatus(rowAs));
  }
}
