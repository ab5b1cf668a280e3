package dev.playlistlake.io.lake;

import dev.playlistlake.schema.UndecodableRowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * Converts a column that another program wrote with its own type to the table's type (decision 25):
 * wider integers, integral floating-point numbers (what pandas makes of integers with gaps),
 * timestamps of other units, bytes for text, structs with other fields. A value that the table's
 * type cannot hold exactly is an error.
 */
final class ColumnConversion {
  /** The Julian day of 1970-01-01, from which INT96 timestamps count. */
  private static final long JULIAN_EPOCH_DAY = 2_440_588;

  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final Type fileType;
  private final Schema wanted;

  /**
   * A conversion of one column.
   *
   * @param fileType the type in the file
   * @param wanted the type in the table
   */
  ColumnConversion(Type fileType, Schema wanted) {
    this.fileType = fileType;
    this.wanted = wanted;
  }

  /**
   * The same value in the table's type.
   *
   * @throws UndecodableRowException if the table's type cannot hold it; names the column
   */
  @Nullable Object convert(@Nullable Object value) {
    try {
      return convert(value, wanted);
    } catch (ArithmeticException e) {
      // Too large: an int64 instead of an int32.
      throw unfit(Objects.requireNonNull(value));
    }
  }

  private @Nullable Object convert(@Nullable Object value, Schema type) {
    if (value == null) {
      return null;
    }
    Schema plain = type.isUnion() ? type.getTypes().get(1) : type;
    return switch (plain.getType()) {
      case INT ->
          plain.getLogicalType() instanceof LogicalTypes.Date
              ? days(value)
              : Math.toIntExact(integer(value));
      case LONG ->
          plain.getLogicalType() instanceof LogicalTypes.TimestampMicros
              ? micros(value)
              : integer(value);
      case BOOLEAN -> value instanceof Boolean ? value : mismatch(value);
      case STRING -> text(value);
      case ARRAY -> value instanceof List<?> list ? list(list, plain) : mismatch(value);
      case RECORD -> value instanceof IndexedRecord row ? struct(row, plain) : mismatch(value);
      default -> throw new IllegalStateException("no column of the lake is " + plain);
    };
  }

  private @Nullable LogicalTypeAnnotation annotation() {
    return fileType.getLogicalTypeAnnotation();
  }

  private long integer(Object value) {
    LogicalTypeAnnotation annotation = annotation();
    if (annotation == null || annotation instanceof IntLogicalTypeAnnotation) {
      if (value instanceof Integer || value instanceof Long) {
        return ((Number) value).longValue();
      } else if (value instanceof Float || value instanceof Double) {
        double number = ((Number) value).doubleValue();
        if (number == Math.rint(number) && Math.abs(number) <= 1L << 53) {
          return (long) number;
        }
      }
    }
    throw unfit(value);
  }

  private int days(Object value) {
    if (annotation() instanceof DateLogicalTypeAnnotation && value instanceof Integer days) {
      return days;
    }
    throw unfit(value);
  }

  /** A timestamp without a time zone is treated as UTC, the only one that the lake uses. */
  private long micros(Object value) {
    if (annotation() instanceof TimestampLogicalTypeAnnotation timestamp
        && value instanceof Long number) {
      return switch (timestamp.getUnit()) {
        case MILLIS -> Math.multiplyExact(number, 1_000L);
        case MICROS -> number;
        case NANOS -> Math.floorDiv(number, 1_000L);
      };
    } else if (value instanceof GenericFixed fixed && isInt96()) {
      ByteBuffer bytes = ByteBuffer.wrap(fixed.bytes()).order(ByteOrder.LITTLE_ENDIAN);
      long nanos = bytes.getLong();
      long day = bytes.getInt() - JULIAN_EPOCH_DAY;
      return Math.addExact(Math.multiplyExact(day, MICROS_PER_DAY), Math.floorDiv(nanos, 1_000L));
    }
    throw unfit(value);
  }

  private boolean isInt96() {
    return fileType instanceof PrimitiveType primitive
        && primitive.getPrimitiveTypeName() == PrimitiveTypeName.INT96;
  }

  private String text(Object value) {
    if (value instanceof CharSequence) {
      return value.toString();
    } else if (value instanceof ByteBuffer bytes) {
      return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
    throw unfit(value);
  }

  private List<Object> list(List<?> values, Schema type) {
    List<Object> converted = new ArrayList<>(values.size());
    for (Object value : values) {
      Object element = convert(value, type.getElementType());
      if (element == null) {
        throw new UndecodableRowException(
            "column " + fileType.getName() + ": a list has a null in it");
      }
      converted.add(element);
    }
    return converted;
  }

  /** By name: another program may have written the fields in a different order, or more of them. */
  private GenericRecord struct(IndexedRecord row, Schema type) {
    GenericRecord converted = new GenericData.Record(type);
    for (Schema.Field field : type.getFields()) {
      Schema.Field stored = row.getSchema().getField(field.name());
      Type inFile = stored == null ? null : within(fileType, field.name());
      converted.put(
          field.pos(),
          stored == null || inFile == null
              ? null
              : new ColumnConversion(inFile, field.schema()).convert(row.get(stored.pos())));
    }
    return converted;
  }

  /** A field's type in the file, through the groups that make a list; null if there is none. */
  private static @Nullable Type within(Type type, String field) {
    if (type.isPrimitive()) {
      return null;
    } else if (type.asGroupType().containsField(field)) {
      return type.asGroupType().getType(field);
    }
    return type.asGroupType().getFieldCount() == 1
        ? within(type.asGroupType().getType(0), field)
        : null;
  }

  private Object mismatch(Object value) {
    throw unfit(value);
  }

  private UndecodableRowException unfit(Object value) {
    String shown = String.valueOf(value);
    return new UndecodableRowException(
        "column %s is '%s' and holds '%s', which is not of the table's type %s"
            .formatted(
                fileType.getName(),
                String.valueOf(fileType).replaceAll("\\s+", " "),
                shown.length() > 40 ? shown.substring(0, 40) + "..." : shown,
                typeName()));
  }

  private String typeName() {
    Schema plain = wanted.isUnion() ? wanted.getTypes().get(1) : wanted;
    return plain.getLogicalType() == null
        ? plain.getType().getName()
        : plain.getLogicalType().getName();
  }
}
