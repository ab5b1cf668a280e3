package dev.playlistlake.queries.sql;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.playlistlake.schema.LakeTable;
import dev.playlistlake.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AthenaDdlTest {
  private static final Path DDL = Path.of("ddl");

  @Test
  void filesAreWhatTheSchemasSay() throws IOException {
    for (LakeTable table : LakeTable.values()) {
      Golden.assertUpToDate(
          DDL.resolve(AthenaDdl.fileName(table)),
          AthenaDdl.file(table),
          "transforms,athena-queries",
          AthenaDdlTest.class);
    }
  }

  @Test
  void noFileIsLeftOver() throws IOException {
    List<String> expected = Arrays.stream(LakeTable.values()).map(AthenaDdl::fileName).toList();
    try (Stream<Path> files = Files.list(DDL)) {
      assertThat(
          files.map(file -> file.getFileName().toString()).toList(),
          containsInAnyOrder(expected.toArray(String[]::new)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"string\" | string",
        "\"boolean\" | boolean",
        "\"int\" | int",
        "\"long\" | bigint",
        "{\"type\": \"int\", \"logicalType\": \"date\"} | date",
        "{\"type\": \"long\", \"logicalType\": \"timestamp-micros\"} | timestamp",
        "[\"null\", \"long\"] | bigint",
        "{\"type\": \"array\", \"items\": \"string\"} | array<string>",
      })
  void typesAreMapped(String avro, String hive) {
    assertThat(AthenaDdl.hiveType(new Schema.Parser().parse(avro)), is(hive));
  }

  @Test
  void listOfArtistsIsAListOfStructs() {
    Schema artists = LakeTable.SONG.schema().getField("artists").schema();
    assertThat(AthenaDdl.hiveType(artists), is("array<struct<artist_id:string,name:string>>"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"double\"",
        "\"float\"",
        "\"bytes\"",
        "\"null\"",
        "{\"type\": \"map\", \"values\": \"string\"}",
        "{\"type\": \"enum\", \"name\": \"E\", \"symbols\": [\"A\"]}",
        "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 2}",
        "[\"int\", \"string\"]",
        "[\"null\", \"int\", \"string\"]",
        "[\"string\"]",
        "{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}",
        "{\"type\": \"long\", \"logicalType\": \"local-timestamp-micros\"}",
        "{\"type\": \"int\", \"logicalType\": \"time-millis\"}",
        "{\"type\": \"string\", \"logicalType\": \"uuid\"}",
      })
  void otherTypesAreRefused(String avro) {
    Schema schema = new Schema.Parser().parse(avro);
    assertThrows(IllegalArgumentException.class, () -> AthenaDdl.hiveType(schema));
  }

  @Test
  void textIsEscapedAsHiveReadsIt() {
    assertThat(AthenaDdl.literal("owner's '' a\\b; c"), is("'owner\\'s \\'\\' a\\\\b\\u003B c'"));
  }

  @ParameterizedTest
  @EnumSource
  void statementIsOneAndFitsTheCatalog(LakeTable table) {
    String file = AthenaDdl.file(table);
    assertThat(file.indexOf(';'), is(-1));
    assertThat(file, containsString("LOCATION 's3://{{lake}}/%s/'".formatted(table.tableName())));
    assertThat(
        file,
        containsString(
            "'storage.location.template' = 's3://{{lake}}/%s/ingest_date=${ingest_date}/'"
                .formatted(table.tableName())));
    assertThat(file, containsString("'projection.ingest_date.range' = '{{first_day}},NOW'"));
    assertThat(
        file,
        allOf(
            containsString("'classification' = 'parquet'"),
            containsString("'compressionType' = 'none'"),
            containsString("'typeOfData' = 'file'")));
    for (Schema.Field field : table.schema().getFields()) {
      assertThat("Glue's limit: " + field.name(), field.doc().length(), lessThanOrEqualTo(255));
    }
  }
}
