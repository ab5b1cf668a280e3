package dev.playlistlake.schema;

import dev.playlistlake.model.ArtistRef;
import dev.playlistlake.model.ClosedFamily;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** A row with the lake's column types: microsecond timestamps, dates, enums as text, lists. */
final class AvroRow {
  private static final int ARTIST_ID = 0;
  private static final int ARTIST_NAME = 1;

  private final GenericRecord record;
  private final List<Schema.Field> columns;

  /** Codecs use the schema's column order, so the next column needs no search. */
  private int next;

  AvroRow(Schema schema) {
    this(new GenericData.Record(schema));
  }

  AvroRow(GenericRecord record) {
    this.record = record;
    this.columns = record.getSchema().getFields();
  }

  GenericRecord record() {
    return record;
  }

  AvroRow put(String column, @Nullable Object value) {
    int position = position(column);
    if (position < 0) {
      throw new IllegalArgumentException("no column " + column + " in " + record.getSchema());
    }
    record.put(position, value);
    return this;
  }

  AvroRow put(String column, @Nullable Instant value) {
    return put(
        column, value == null ? null : (Object) ChronoUnit.MICROS.between(Instant.EPOCH, value));
  }

  AvroRow put(String column, @Nullable LocalDate value) {
    return put(column, value == null ? null : (Object) Math.toIntExact(value.toEpochDay()));
  }

  AvroRow putArtists(List<ArtistRef> artists) {
    int position = position("artists");
    Schema element = nonNull(columns.get(position).schema()).getElementType();
    List<GenericRecord> rows = new ArrayList<>(artists.size());
    for (ArtistRef artist : artists) {
      GenericRecord row = new GenericData.Record(element);
      row.put(ARTIST_ID, artist.artistId());
      row.put(ARTIST_NAME, artist.name());
      rows.add(row);
    }
    record.put(position, rows);
    return this;
  }

  AvroRow putClosedFamilies(@Nullable List<ClosedFamily> families) {
    if (families == null) {
      return this;
    }
    int position = position("closed_families");
    Schema element = nonNull(columns.get(position).schema()).getElementType();
    List<GenericRecord> rows = new ArrayList<>(families.size());
    for (ClosedFamily family : families) {
      AvroRow row = new AvroRow(element);
      row.put("family", family.family()).put("resume_at", family.resumeAt());
      rows.add(row.record());
    }
    record.put(position, rows);
    return this;
  }

  String required(String column) {
    String value = text(column);
    if (value == null) {
      throw new UndecodableRowException("column " + column + ": a row has no value there");
    }
    return value;
  }

  @Nullable String text(String column) {
    return text(value(column));
  }

  @Nullable Integer number(String column) {
    return (Integer) value(column);
  }

  int requiredNumber(String column) {
    Integer value = number(column);
    return value == null ? 0 : value;
  }

  long requiredLong(String column) {
    Long value = (Long) value(column);
    return value == null ? 0 : value;
  }

  @Nullable Boolean flag(String column) {
    return (Boolean) value(column);
  }

  @Nullable Instant instant(String column) {
    Long micros = (Long) value(column);
    return micros == null ? null : Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  Instant requiredInstant(String column) {
    Instant value = instant(column);
    return value == null ? Instant.EPOCH : value;
  }

  @Nullable LocalDate date(String column) {
    Integer days = (Integer) value(column);
    return days == null ? null : LocalDate.ofEpochDay(days);
  }

  <E extends Enum<E>> E constant(Class<E> type, String column) {
    String value = required(column);
    try {
      return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UndecodableRowException(
          "column " + column + ": this version does not know '" + value + "'");
    }
  }

  List<ArtistRef> artists() {
    if (!(value("artists") instanceof List<?> rows)) {
      return List.of();
    }
    List<ArtistRef> artists = new ArrayList<>(rows.size());
    for (Object row : rows) {
      IndexedRecord artist = (IndexedRecord) row;
      artists.add(new ArtistRef(text(artist.get(ARTIST_ID)), text(artist.get(ARTIST_NAME))));
    }
    return artists;
  }

  /** Null if the row was written before the column existed. */
  @Nullable List<ClosedFamily> closedFamilies() {
    if (!(value("closed_families") instanceof List<?> rows)) {
      return null;
    }
    List<ClosedFamily> families = new ArrayList<>(rows.size());
    for (Object element : rows) {
      AvroRow row = new AvroRow((GenericRecord) element);
      families.add(new ClosedFamily(row.required("family"), row.instant("resume_at")));
    }
    return families;
  }

  @Nullable List<String> texts(String column) {
    if (!(value(column) instanceof List<?> values)) {
      return null;
    }
    List<String> texts = new ArrayList<>(values.size());
    for (Object value : values) {
      texts.add(value.toString());
    }
    return texts;
  }

  List<String> textsOrNone(String column) {
    List<String> texts = texts(column);
    return texts == null ? List.of() : texts;
  }

  /** Enum columns stored in lower case. */
  static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private @Nullable Object value(String column) {
    // Older files lack later columns.
    int position = position(column);
    return position < 0 ? null : record.get(position);
  }

  /** A column's position; -1 if the row has none of that name. */
  private int position(String column) {
    if (next < columns.size() && columns.get(next).name().equals(column)) {
      return next++;
    }
    Schema.Field field = record.getSchema().getField(column);
    if (field == null) {
      return -1;
    }
    next = field.pos() + 1;
    return field.pos();
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static Schema nonNull(Schema schema) {
    return schema.isUnion() ? schema.getTypes().get(1) : schema;
  }
}
