package dev.playlistlake.glue;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnTypeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "BIGINT | bigint | bigint",
        "BOOLEAN | boolean | boolean",
        "DATE | date | date",
        "DOUBLE | double | double",
        "INTEGER | int | integer",
        "TIMESTAMP | timestamp | timestamp(3)",
        "VARCHAR | string | varchar",
        "VARCHAR[] | array<string> | array(varchar)",
        "INTEGER[][] | array<array<int>> | array(array(integer))",
        "STRUCT(artist_id VARCHAR, \"name\" VARCHAR)[] | array<struct<artist_id:string,name:string>>"
            + " | array(row(artist_id varchar, name varchar))",
        "STRUCT(a INTEGER, b STRUCT(c VARCHAR[], d DATE)[]) |"
            + " struct<a:int,b:array<struct<c:array<string>,d:date>>> |"
            + " row(a integer, b array(row(c array(varchar), d date)))",
      })
  void typeOfDuckDbIsTwoOfAthena(String duckDb, String hive, String presto) {
    assertThat(ColumnType.ofDuckDb(duckDb), is(new ColumnType(hive, presto)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HUGEINT",
        "HUGEINT[]",
        "UBIGINT",
        "TINYINT",
        "FLOAT",
        "DECIMAL(18,3)",
        "TIMESTAMP WITH TIME ZONE",
        "TIMESTAMP_NS",
        "TIME",
        "INTERVAL",
        "BLOB",
        "INTEGER[3]",
        "MAP(VARCHAR, INTEGER)",
        "\"NULL\"",
        "ENUM('a')",
        "",
      })
  void typeThatIsNotTheSameInAthenaIsRefused(String duckDb) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> ColumnType.ofDuckDb(duckDb));
    assertThat(refused.getMessage(), containsString("cast the column"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STRUCT()",
        "STRUCT(VARCHAR)",
        "STRUCT(\"two words\" VARCHAR)",
        "STRUCT(\"Name\" VARCHAR)",
        "STRUCT(a HUGEINT)"
      })
  void structThatAthenaCannotNameIsRefused(String duckDb) {
    assertThrows(IllegalArgumentException.class, () -> ColumnType.ofDuckDb(duckDb));
  }
}
