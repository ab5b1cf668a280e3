package dev.playlistlake.glue;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A column's type in the two dialects of a view in Glue.
 *
 * @param hive for Glue, such as {@code array<struct<name:string>>}
 * @param presto for Athena, such as {@code array(row(name varchar))}
 */
record ColumnType(String hive, String presto) {
  private static final Map<String, ColumnType> SCALARS =
      Map.of(
          "BIGINT", new ColumnType("bigint", "bigint"),
          "BOOLEAN", new ColumnType("boolean", "boolean"),
          "DATE", new ColumnType("date", "date"),
          "DOUBLE", new ColumnType("double", "double"),
          "INTEGER", new ColumnType("int", "integer"),
          "TIMESTAMP", new ColumnType("timestamp", "timestamp(3)"),
          "VARCHAR", new ColumnType("string", "varchar"));

  /**
   * The type in Athena of a column with this type in DuckDB.
   *
   * @throws IllegalArgumentException for a type that Athena lacks or assigns differently, such as
   *     HUGEINT: a sum of integers in DuckDB, but bigint in Athena. A cast in the view helps.
   */
  static ColumnType ofDuckDb(String type) {
    ColumnType scalar = SCALARS.get(type);
    if (scalar != null) {
      return scalar;
    }
    if (type.endsWith("[]")) {
      ColumnType element = ofDuckDb(type.substring(0, type.length() - 2));
      return new ColumnType("array<" + element.hive + ">", "array(" + element.presto + ")");
    }
    if (type.startsWith("STRUCT(") && type.endsWith(")")) {
      List<Field> fields = fields(type.substring("STRUCT(".length(), type.length() - 1));
      return new ColumnType(
          joined(fields, "struct<", ",", ">", field -> field.name + ":" + field.type.hive),
          joined(fields, "row(", ", ", ")", field -> field.name + " " + field.type.presto));
    }
    throw new IllegalArgumentException(
        "the type " + type + " is not the same in Athena: cast the column");
  }

  private record Field(String name, ColumnType type) {}

  private static String joined(
      List<Field> fields, String open, String comma, String close, Function<Field, String> text) {
    return fields.stream().map(text).collect(joining(comma, open, close));
  }

  /** The fields of a struct, separated by the commas outside all brackets. */
  private static List<Field> fields(String list) {
    List<Field> fields = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i <= list.length(); i++) {
      char c = i < list.length() ? list.charAt(i) : ',';
      if (c == ',' && depth == 0) {
        fields.add(field(list.substring(start, i).strip()));
        start = i + 1;
      }
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return fields;
  }

  /** A name, which DuckDB quotes if it is a keyword, and a type. */
  private static Field field(String text) {
    int space = text.indexOf(' ');
    String name = text.substring(0, Math.max(space, 0)).replace("\"", "");
    if (!name.matches("[a-z_][a-z0-9_]*")) {
      throw new IllegalArgumentException("no plain name in " + text);
    }
    return new Field(name, ofDuckDb(text.substring(space + 1)));
  }
}
