package dev.playlistlake.schema;

import dev.playlistlake.model.run.DetailState;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;

/** An id, a time to the microsecond or none, and a number of items. */
public record DetailStateFormat() implements RowFormat<DetailState> {
  @Override
  public void write(DetailState value, BinaryEncoder out) throws IOException {
    Instant detailedAt = value.detailedAt();
    out.writeString(value.id());
    out.writeBoolean(detailedAt != null);
    if (detailedAt != null) {
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, detailedAt));
    }
    out.writeLong(value.items());
  }

  @Override
  public DetailState read(BinaryDecoder in) throws IOException {
    String id = in.readString();
    Instant detailedAt =
        in.readBoolean() ? Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS) : null;
    return new DetailState(id, detailedAt, in.readLong());
  }
}
