package dev.playlistlake.queries.output;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/**
 * Values of a result: null, a boolean, a number, a text, a list, or a map of these by name. Times
 * are ISO 8601 texts in UTC.
 */
public final class Values {
  private static final JsonFactory JSON = new JsonFactory();

  private Values() {}

  /**
   * Converts a value from DuckDB.
   *
   * @throws SQLException if DuckDB cannot read a list, struct or blob
   */
  public static @Nullable Object of(@Nullable Object value) throws SQLException {
    if (value instanceof Timestamp moment) {
      return utc(moment.toLocalDateTime());
    } else if (value instanceof LocalDateTime moment) {
      return utc(moment);
    } else if (value instanceof OffsetDateTime moment) {
      return utc(moment.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
    } else if (value instanceof Array array) {
      return list((@Nullable Object[]) array.getArray());
    } else if (value instanceof Object[] array) {
      return list(array);
    } else if (value instanceof DuckDBStruct struct) {
      return map(struct.getMap());
    } else if (value instanceof Map<?, ?> map) {
      return map(map);
    } else if (value instanceof Blob blob) {
      return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      return value;
    }
    return value.toString();
  }

  /** As one text: without quotes, lists and maps as JSON. */
  static String text(@Nullable Object value) {
    if (value instanceof List || value instanceof Map) {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = generator(text)) {
        write(json, value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return text.toString();
    }
    return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
  }

  /** A generator that does not close its writer. */
  static JsonGenerator generator(Writer out) throws IOException {
    return JSON.createGenerator(out)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
        .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)
        .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());
  }

  /** Writes a value as JSON; infinite numbers and NaN become text. */
  static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof BigInteger number) {
      json.writeNumber(number);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Float number) {
      json.writeNumber(number);
    } else if (value instanceof Double number) {
      json.writeNumber(number);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(value.toString());
    }
  }

  private static String utc(LocalDateTime moment) {
    return DateTimeFormatter.ISO_INSTANT.format(moment.toInstant(ZoneOffset.UTC));
  }

  private static List<@Nullable Object> list(@Nullable Object[] array) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : array) {
      list.add(of(element));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> map) throws SQLException {
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      named.put(text(of(entry.getKey())), of(entry.getValue()));
    }
    return named;
  }
}
