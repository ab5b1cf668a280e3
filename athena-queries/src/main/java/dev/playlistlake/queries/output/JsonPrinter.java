package dev.playlistlake.queries.output;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An array of objects, one per line. Numbers repeated column names. */
final class JsonPrinter implements Answer {
  private final Writer out;
  private final List<String> names = new ArrayList<>();
  private boolean first = true;

  JsonPrinter(Writer out) {
    this.out = out;
  }

  @Override
  public void columns(List<Column> columns) {
    for (Column column : columns) {
      String name = column.name();
      for (int i = 2; names.contains(name); i++) {
        name = column.name() + "_" + i;
      }
      names.add(name);
    }
    write("[");
  }

  @Override
  public void row(List<@Nullable Object> row) {
    write(first ? "\n" : ",\n");
    first = false;
    try (JsonGenerator json = Values.generator(out)) {
      json.writeStartObject();
      for (int i = 0; i < names.size(); i++) {
        json.writeFieldName(names.get(i));
        Values.write(json, row.get(i));
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end() {
    write("\n]\n");
  }

  private void write(String text) {
    try {
      out.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
