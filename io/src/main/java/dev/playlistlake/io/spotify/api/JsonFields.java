package dev.playlistlake.io.spotify.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads fields of responses without trusting their types: a value of the wrong type is null. */
public final class JsonFields {
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private JsonFields() {}

  public static @Nullable String text(@Nullable JsonNode object, String field) {
    JsonNode value = object == null ? null : object.get(field);
    return (value != null && value.isTextual()) ? value.textValue() : null;
  }

  static @Nullable Boolean flag(JsonNode object, String field) {
    JsonNode value = object.get(field);
    return value != null && value.isBoolean() ? value.booleanValue() : null;
  }

  /** A whole number, also if written as a string or as a float without a fraction. */
  public static @Nullable Integer number(@Nullable JsonNode object, String field) {
    JsonNode value = object == null ? null : object.get(field);
    if (value == null || (!value.isNumber() && !value.isTextual())) {
      return null;
    }
    String digits = value.asText().strip();
    if (digits.length() > 40) {
      return null;
    }
    try {
      return new BigDecimal(digits).intValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return null;
    }
  }

  public static @Nullable JsonNode object(JsonNode parent, String field) {
    JsonNode value = parent.get(field);
    return value != null && value.isObject() ? value : null;
  }

  /** The objects of an array; other elements are skipped. */
  public static List<JsonNode> objects(JsonNode parent, String field) {
    List<JsonNode> objects = new ArrayList<>();
    JsonNode value = parent.get(field);
    if (value != null && value.isArray()) {
      value.forEach(
          element -> {
            if (element.isObject()) {
              objects.add(element);
            }
          });
    }
    return objects;
  }

  /** The strings of an array; null if there is no array. */
  static @Nullable List<String> texts(JsonNode parent, String field) {
    JsonNode value = parent.get(field);
    if (value == null || !value.isArray()) {
      return null;
    }
    List<String> texts = new ArrayList<>();
    value.forEach(
        element -> {
          if (element.isTextual()) {
            texts.add(element.textValue());
          }
        });
    return texts;
  }

  static @Nullable String spotifyUrl(JsonNode object) {
    return text(object(object, "external_urls"), "spotify");
  }

  /** The first image's link. */
  static @Nullable String firstImage(JsonNode object) {
    List<JsonNode> images = objects(object, "images");
    return images.isEmpty() ? null : text(images.get(0), "url");
  }

  /** A point in time; null for the epoch, which Spotify writes for "unknown". */
  static @Nullable Instant instant(JsonNode object, String field) {
    String written = text(object, field);
    if (written == null) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(written).toInstant().truncatedTo(ChronoUnit.MICROS);
      boolean unknown = !time.isAfter(Instant.EPOCH.plus(1, ChronoUnit.DAYS));
      return unknown || time.isAfter(LATEST) ? null : time;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
