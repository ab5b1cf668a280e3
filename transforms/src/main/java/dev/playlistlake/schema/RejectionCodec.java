package dev.playlistlake.schema;

import dev.playlistlake.model.Reason;
import dev.playlistlake.model.Rejection;
import dev.playlistlake.model.Stage;
import dev.playlistlake.model.SubjectType;

/** Rows of {@code rejected}. */
public final class RejectionCodec extends TableCodec<Rejection> {
  public RejectionCodec() {
    super(LakeTable.REJECTED, Rejection.class);
  }

  @Override
  void fill(AvroRow row, Rejection value) {
    row.put("stage", value.stage().name())
        .put("subject_type", AvroRow.lower(value.subjectType()))
        .put("playlist_id", value.playlistId())
        .put("subject_id", value.subjectId())
        .put("position", value.position())
        .put("reason", value.reason().name())
        .put("message", value.message());
  }

  @Override
  Rejection read(AvroRow row) {
    return new Rejection(
        row.constant(Stage.class, "stage"),
        row.constant(SubjectType.class, "subject_type"),
        row.text("playlist_id"),
        row.text("subject_id"),
        row.number("position"),
        new Reason(row.required("reason")),
        row.required("message"));
  }
}
